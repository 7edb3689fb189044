-- name: delivery
-- Served by deliveries_pkey. The row stays this unit's own: it may be put.
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM deliveries
WHERE key = %(key)s
FOR UPDATE

-- name: deliveries_add
-- Served by deliveries_pkey. Where another unit has just added the same key, this waits to see whether it stays.
INSERT INTO deliveries (key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note)
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM jsonb_to_recordset(%(documents)s) AS document (
  key text, person text, subject jsonb, due timestamptz, expires timestamptz, unasked boolean,
  state text, attempts integer, claimed_until timestamptz, settled timestamptz, note text
)
ON CONFLICT (key) DO NOTHING
RETURNING key

-- name: deliveries_put
-- Served by deliveries_pkey.
UPDATE deliveries
SET
  person = document.person,
  subject = document.subject,
  due = document.due,
  expires = document.expires,
  unasked = document.unasked,
  state = document.state,
  attempts = document.attempts,
  claimed_until = document.claimed_until,
  settled = document.settled,
  note = document.note
FROM jsonb_to_recordset(%(documents)s) AS document (
  key text, person text, subject jsonb, due timestamptz, expires timestamptz, unasked boolean,
  state text, attempts integer, claimed_until timestamptz, settled timestamptz, note text
)
WHERE deliveries.key = document.key
RETURNING deliveries.key

-- name: deliveries_leased
-- Served by deliveries_pkey. What a claim changes, in a third of the time of deliveries_put.
UPDATE deliveries
SET
  state = 'claimed',
  attempts = document.attempts,
  claimed_until = document.claimed_until,
  note = document.note
FROM jsonb_to_recordset(%(documents)s) AS document (
  key text, attempts integer, claimed_until timestamptz, note text
)
WHERE deliveries.key = document.key

-- name: deliveries_free
-- Served by deliveries_due, which holds only what may still be sent, in the order that is asked for, and by
-- deliveries_open for what else its person waits for: reads the limit, and what is not free before it. Rows that
-- another dispatcher is claiming are stepped over, and so are people whom another unit of work holds.
-- The subquery is no NOT EXISTS, which might become a join of all that is open.
WITH free AS MATERIALIZED (
  SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
  FROM deliveries AS one
  WHERE state IN ('planned', 'claimed')
    AND due <= %(now)s
    AND (claimed_until IS NULL OR claimed_until <= %(now)s)
    AND (
      SELECT min(other.state) FROM deliveries AS other
      WHERE other.person = one.person
        AND other.state IN ('planned', 'claimed')
        AND other.key <> one.key
        AND (
          other.state = 'claimed'
          OR ((other.due, other.key) < (one.due, one.key)
            AND (other.claimed_until IS NULL OR other.claimed_until <= %(now)s))
        )
    ) IS NULL
  ORDER BY due, key
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM free
WHERE pg_try_advisory_xact_lock(hashtextextended(person, 1))
ORDER BY due, key

-- name: deliveries_claimed
-- Served by deliveries_due, of which it reads all that is open: asked now and then, never before a send.
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM deliveries
WHERE state = 'claimed'
ORDER BY due, key

-- name: deliveries_in_flight
-- Served by deliveries_open. Asked once the people are held: what others claimed until then is seen.
SELECT person, key
FROM deliveries
WHERE person = ANY(%(people)b::text[]) AND state = 'claimed'

-- name: deliveries_unasked_since
-- Served by deliveries_unasked alone: the table is not read.
SELECT person, settled
FROM deliveries
WHERE person = ANY(%(people)b::text[])
  AND settled >= %(since)s
  AND unasked
  AND state IN ('sent', 'unknown')
ORDER BY settled

-- name: deliveries_open_for
-- Served by deliveries_open. The rows stay this unit's own: they may be put.
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM deliveries
WHERE person = %(person)s AND state IN ('planned', 'claimed')
ORDER BY due, key
FOR UPDATE

-- name: deliveries_backlog
-- Served by deliveries_due alone, of which it reads what is due: asked when the metrics are read.
SELECT count(*), min(due)
FROM deliveries
WHERE state IN ('planned', 'claimed') AND due <= %(now)s

-- name: deliveries_rolled_up
-- Served by deliveries_settled, which is in the order that is asked for, and by deliveries_pkey. Rows that somebody
-- else is rolling up are stepped over. The counts are written in order: no deadlock.
WITH old AS MATERIALIZED (
  SELECT key
  FROM deliveries
  WHERE settled < %(before)s AND state IN ('sent', 'dropped', 'refused', 'unknown')
  ORDER BY settled
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM deliveries
  WHERE key = ANY(ARRAY(SELECT key FROM old))
  RETURNING (settled AT TIME ZONE 'UTC')::date AS day, subject ->> 'kind' AS kind, state
), counted AS (
  INSERT INTO delivery_counts (day, kind, state, number)
  SELECT day, kind, state, count(*)
  FROM gone
  GROUP BY day, kind, state
  ORDER BY day, kind, state
  ON CONFLICT (day, kind, state) DO UPDATE SET number = delivery_counts.number + excluded.number
)
SELECT count(*) FROM gone

-- name: delivery_counts
-- Served by no index: it is all of a small table.
SELECT day, kind, state, number
FROM delivery_counts
ORDER BY day, kind, state

-- name: deliveries_next_claimable
-- Served by deliveries_due, of which it reads all that is open: asked by rehearsals, when nothing could be claimed.
SELECT min(coalesce(claimed_until, due)) AS moment
FROM deliveries
WHERE state IN ('planned', 'claimed')
HAVING count(*) > 0

-- name: deliveries_totals
-- Served by no index: reads everything, and is asked by rehearsals, once.
SELECT state, count(*), sum(greatest(attempts - 1, 0))
FROM deliveries
GROUP BY state

-- name: deliveries_of
-- Served by deliveries_open and deliveries_history: together they have everything of a person.
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM deliveries
WHERE (person = %(person)s AND state IN ('planned', 'claimed'))
  OR (person = %(person)s AND state IN ('sent', 'dropped', 'refused', 'unknown'))
ORDER BY due, key

-- name: deliveries_remove_of
-- Served by deliveries_open and deliveries_history.
DELETE FROM deliveries
WHERE (person = %(person)s AND state IN ('planned', 'claimed'))
  OR (person = %(person)s AND state IN ('sent', 'dropped', 'refused', 'unknown'))
RETURNING key
-- name: deliveries_reminders_removed
-- Served by deliveries_reminders.
DELETE FROM deliveries
WHERE subject ->> 'kind' = 'reminder' AND subject ->> 'round' = %(round)s
