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
