-- name: people
-- Served by people_pkey: one descent a person.
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM people
WHERE id = ANY(%(people)b::text[])

-- name: people_put
-- Served by people_pkey.
INSERT INTO people (id, next_nudge, rights, roster, preferences, reference, uninstalled)
SELECT
  id, next_nudge, ARRAY(SELECT jsonb_array_elements_text(roster -> 'rights')), roster, preferences, reference,
  uninstalled
FROM jsonb_to_recordset(%(documents)s) AS document (
  id text, next_nudge timestamptz, roster jsonb, preferences jsonb, reference jsonb, uninstalled timestamptz
)
ON CONFLICT (id) DO UPDATE SET
  next_nudge = excluded.next_nudge,
  rights = excluded.rights,
  roster = excluded.roster,
  preferences = excluded.preferences,
  reference = excluded.reference,
  uninstalled = excluded.uninstalled

-- name: people_moved
-- Served by people_pkey. A fifth of what people_put costs, for the many whose next slot is all that changed.
UPDATE people
SET next_nudge = document.next_nudge
FROM jsonb_to_recordset(%(documents)s) AS document (id text, next_nudge timestamptz)
WHERE people.id = document.id

-- name: people_due
-- Served by people_due, which is in the order that is asked for: reads no more than the limit.
-- A row that another planner has is stepped over, and so is a person whom another unit of work holds.
WITH due AS MATERIALIZED (
  SELECT id, next_nudge, roster, preferences, reference, uninstalled
  FROM people
  WHERE next_nudge <= %(now)s
  ORDER BY next_nudge, id
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM due
WHERE pg_try_advisory_xact_lock(hashtextextended(id, 1))
ORDER BY next_nudge, id

-- name: people_holding
-- Served by people_rights; the second condition is the one that the index is built under.
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM people
WHERE rights @> ARRAY[%(right)s::text] AND rights <> '{}'
ORDER BY id

-- name: people_reachable
-- Served by people_pkey for its order. It is nearly everybody: an index of its own would save nothing.
SELECT id
FROM people
WHERE reachable AND id > %(after)s
ORDER BY id
LIMIT %(limit)s

-- name: people_leading
-- Served by people_leading: the few who lead a group.
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM people
WHERE roster -> 'leads' <> '[]'
ORDER BY id

-- name: people_groups
-- Served by people_team: counts without reading anybody's documents.
SELECT team, count(*)
FROM people
WHERE team IS NOT NULL
GROUP BY team
ORDER BY team

-- name: people_uninstalled
-- Served by people_uninstalled, which is in the order that is asked for. Rows that another unit has are stepped over,
-- and so is a person whom another unit of work holds.
WITH gone AS MATERIALIZED (
  SELECT id, next_nudge, roster, preferences, reference, uninstalled
  FROM people
  WHERE uninstalled < %(moment)s
  ORDER BY uninstalled, id
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM gone
WHERE pg_try_advisory_xact_lock(hashtextextended(id, 1))
ORDER BY uninstalled, id

-- name: people_places
-- Served by no index: it reads all of the table, when an administrator asks.
SELECT roster ->> 'role', roster ->> 'site', count(*)
FROM people
WHERE roster IS NOT NULL
GROUP BY 1, 2

-- name: people_sites
-- Served by no index: it reads all of the table, when an administrator asks.
SELECT roster ->> 'site', count(*), count(*) FILTER (WHERE reference IS NULL)
FROM people
WHERE roster IS NOT NULL
GROUP BY 1

-- name: people_memberships
-- Served by no index: it reads all of the table, when a round closes. One array is hashed where four columns
-- would be sorted.
SELECT ARRAY[roster ->> 'site', roster ->> 'team', roster ->> 'role', roster ->> 'licence'], count(*)
FROM people
WHERE roster IS NOT NULL
GROUP BY 1

-- name: people_without_app
-- Served by people_pkey for its order; it reads past those who can be reached, when an administrator asks.
SELECT roster
FROM people
WHERE roster IS NOT NULL AND reference IS NULL AND id > %(after)s
ORDER BY id
LIMIT %(limit)s

-- name: people_named
-- Served by people_name.
SELECT DISTINCT replace(lower(roster ->> 'name'), '’', '''')
FROM people
WHERE replace(lower(roster ->> 'name'), '’', '''') = ANY(%(names)s::text[])

-- name: people_remove
-- Served by people_pkey.
DELETE FROM people WHERE id = %(person)s RETURNING id

-- name: people_listed
-- Served by people_pkey for its order. It is nearly everybody: an index of its own would save nothing.
SELECT id
FROM people
WHERE team IS NOT NULL AND id > %(after)s
ORDER BY id
LIMIT %(limit)s
