-- Moving a store into an empty database: where each table stands, and all rows of each to verify what arrived.

-- name: moves_alone
-- Served by nothing: no table is read. Held until the connection ends.
SELECT pg_try_advisory_lock(hashtextextended('moving', 4))

-- name: moves
-- Served by no index: it is all of a small table.
SELECT part, source, moved, finished
FROM moves

-- name: moves_put
-- Served by moves_pkey.
INSERT INTO moves (part, source, moved, finished)
SELECT part, source, moved, finished
FROM jsonb_to_recordset(%(documents)s) AS document (part text, source text, moved integer, finished boolean)
ON CONFLICT (part) DO UPDATE SET
  source = excluded.source,
  moved = excluded.moved,
  finished = excluded.finished

-- name: moves_unfinished
-- Served by no index: it is all of a small table.
SELECT EXISTS (SELECT FROM moves WHERE NOT finished)

-- name: moves_strangers
-- Served by no index: it reads one row of each table at most.
SELECT EXISTS (SELECT FROM people)
  OR EXISTS (SELECT FROM experiences)
  OR EXISTS (SELECT FROM votes)
  OR EXISTS (SELECT FROM deliveries)
  OR EXISTS (SELECT FROM delivery_counts)
  OR EXISTS (SELECT FROM rounds)
  OR EXISTS (SELECT FROM answers)
  OR EXISTS (SELECT FROM publications)
  OR EXISTS (SELECT FROM plans)
  OR EXISTS (SELECT FROM introductions)
  OR EXISTS (SELECT FROM help_requests)
  OR EXISTS (SELECT FROM champions)
  OR EXISTS (SELECT FROM contributions)
  OR EXISTS (SELECT FROM paces)
  OR EXISTS (SELECT FROM audit)

-- name: delivery_counts_put
-- Served by delivery_counts_pkey.
INSERT INTO delivery_counts (day, kind, state, number)
SELECT day, kind, state, number
FROM jsonb_to_recordset(%(documents)s) AS document (day date, kind text, state text, number bigint)
ON CONFLICT (day, kind, state) DO NOTHING

-- name: all_people
-- Served by no index: it reads all of the table.
SELECT id, next_nudge, roster, preferences, reference, uninstalled
FROM people

-- name: all_experiences
-- Served by no index: it reads all of the table.
SELECT person, prompt, shown, outcome
FROM experiences

-- name: all_deliveries
-- Served by no index: it reads all of the table.
SELECT key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
FROM deliveries

-- name: all_answers
-- Served by no index: it reads all of the table.
SELECT round, voice, "group", site, confidence, workload, third, beside
FROM answers

-- name: all_publications
-- Served by no index: it reads all of the table.
SELECT document
FROM publications

-- name: all_plans
-- Served by no index: it reads all of the table.
SELECT "group", purpose
FROM plans

-- name: all_introductions
-- Served by no index: it reads all of the table.
SELECT asker, champion, at
FROM introductions

-- name: all_help_requests
-- Served by no index: it reads all of the table.
SELECT document
FROM help_requests

-- name: all_contributions
-- Served by no index: it reads all of the table.
SELECT document
FROM contributions

-- name: all_paces
-- Served by no index: it reads all of the table.
SELECT tenant, next_free, halted_until
FROM paces

-- name: all_audit
-- Served by no index: it reads all of the table.
SELECT id, at, who, act, "group", round, person
FROM audit
