-- The role that dumps Steady Drip's database: it can read everything but the answers and the reminders of a round.
-- Both are destroyed when a round closes, and a dump would keep them. Run it once as an administrator of the server,
-- in the service's database: psql --file docs/backup-role.sql NAME. Running it again changes nothing.

SET client_min_messages = warning;
BEGIN;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'drip_backup') THEN
    CREATE ROLE drip_backup LOGIN;  -- give it a password, or let it in by other means
  END IF;
END
$$;

GRANT pg_read_all_data TO drip_backup;

ALTER TABLE answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;

-- For every other role nothing changes, whoever owns the tables.
DROP POLICY IF EXISTS everybody ON answers;
DROP POLICY IF EXISTS everybody ON deliveries;
CREATE POLICY everybody ON answers USING (true);
CREATE POLICY everybody ON deliveries USING (true);

DROP POLICY IF EXISTS no_answers_in_backups ON answers;
CREATE POLICY no_answers_in_backups ON answers AS RESTRICTIVE FOR SELECT
  TO drip_backup USING (false);
DROP POLICY IF EXISTS no_reminders_in_backups ON deliveries;
CREATE POLICY no_reminders_in_backups ON deliveries AS RESTRICTIVE FOR SELECT
  TO drip_backup USING (subject ->> 'kind' <> 'reminder');

COMMIT;
