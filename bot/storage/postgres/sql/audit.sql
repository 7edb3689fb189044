-- name: audit_add
-- Served by audit_pkey.
INSERT INTO audit (id, at, who, act, "group", round, person)
SELECT id, at, who, act, "group", round, person
FROM jsonb_to_recordset(%(documents)s) AS document (
  id text, at timestamptz, who text, act text, "group" text, round text, person text
)
ON CONFLICT (id) DO NOTHING

-- name: audit_newest
-- Served by audit_at, read backwards.
SELECT id, at, who, act, "group", round, person
FROM audit
ORDER BY at DESC, id DESC
LIMIT %(limit)s

-- name: audit_older
-- Served by audit_at, read backwards from the one that is named.
SELECT id, at, who, act, "group", round, person
FROM audit
WHERE (at, id) < (SELECT at, id FROM audit WHERE id = %(before)s)
ORDER BY at DESC, id DESC
LIMIT %(limit)s

-- name: audit_since
-- Served by audit_at.
SELECT id, at, who, act, "group", round, person
FROM audit
WHERE at >= %(moment)s
ORDER BY at, id

-- name: audit_of
-- Served by audit_who and audit_person.
SELECT id, at, who, act, "group", round, person
FROM audit
WHERE who = %(person)s OR person = %(person)s
ORDER BY at, id

-- name: audit_unlinked
-- Served by audit_who and audit_person.
UPDATE audit
SET
  who = CASE WHEN who = %(person)s THEN %(stand_in)s ELSE who END,
  person = CASE WHEN person = %(person)s THEN %(stand_in)s ELSE person END
WHERE who = %(person)s OR person = %(person)s
RETURNING id

-- name: audit_forgotten
-- Served by audit_at. Rows that somebody else is taking away are stepped over.
DELETE FROM audit
WHERE id IN (
  SELECT id
  FROM audit
  WHERE at < %(before)s
  ORDER BY at
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
RETURNING id
