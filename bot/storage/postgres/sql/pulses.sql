-- name: round
-- Served by rounds_pkey.
SELECT id, opens, closes, secret, threshold, sealed, asked_to
FROM rounds
WHERE id = %(round)s

-- name: round_put
-- Served by rounds_pkey.
INSERT INTO rounds (id, opens, closes, secret, threshold, sealed, asked_to)
SELECT id, opens, closes, decode(secret, 'base64'), threshold, sealed, asked_to
FROM jsonb_to_recordset(%(documents)s) AS document (
  id text, opens timestamptz, closes timestamptz, secret text, threshold integer, sealed boolean, asked_to text
)
ON CONFLICT (id) DO UPDATE SET
  opens = excluded.opens,
  closes = excluded.closes,
  secret = excluded.secret,
  threshold = excluded.threshold,
  sealed = excluded.sealed,
  asked_to = excluded.asked_to

-- name: rounds
-- Served by no index: there are a dozen a year.
SELECT id, opens, closes, secret, threshold, sealed, asked_to
FROM rounds
ORDER BY opens, id

-- name: answer_put
-- Served by answers_pkey.
INSERT INTO answers (round, voice, "group", confidence, workload)
SELECT round, voice, "group", confidence, workload
FROM jsonb_to_recordset(%(documents)s) AS document (
  round text, voice text, "group" text, confidence integer, workload integer
)
ON CONFLICT (round, voice) DO UPDATE SET
  "group" = excluded."group",
  confidence = excluded.confidence,
  workload = excluded.workload

-- name: tally
-- Served by answers_tally alone. Each question is counted for itself: what one person said to both is not told.
SELECT confidence, workload, count(*)
FROM answers
WHERE round = %(round)s AND "group" = %(group)s
GROUP BY GROUPING SETS ((confidence), (workload))
ORDER BY confidence, workload

-- name: answer_remove
-- Served by answers_pkey.
DELETE FROM answers WHERE round = %(round)s AND voice = %(voice)s RETURNING voice
