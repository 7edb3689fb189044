-- name: introduction_put
-- Served by introductions_pkey.
INSERT INTO introductions (asker, at, champion)
SELECT asker, at, champion
FROM jsonb_to_recordset(%(documents)s) AS document (asker text, at timestamptz, champion text)
ON CONFLICT (asker, at, champion) DO NOTHING

-- name: introductions_by
-- Served by introductions_pkey, which is in the order that is asked for.
SELECT asker, champion, at
FROM introductions
WHERE asker = %(asker)s
ORDER BY at, champion

-- name: introductions_of
-- Served by introductions_pkey and introductions_champion.
SELECT asker, champion, at
FROM introductions
WHERE asker = %(person)s OR champion = %(person)s
ORDER BY at, asker, champion

-- name: introductions_remove_of
-- Served by introductions_pkey and introductions_champion.
DELETE FROM introductions WHERE asker = %(person)s OR champion = %(person)s RETURNING asker

-- name: introductions_forgotten
-- Served by introductions_at. Rows that somebody else is taking away are stepped over.
DELETE FROM introductions
WHERE (asker, at, champion) IN (
  SELECT asker, at, champion
  FROM introductions
  WHERE at < %(before)s
  ORDER BY at
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
RETURNING asker
