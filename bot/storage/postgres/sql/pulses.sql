-- name: round
-- Served by rounds_pkey.
SELECT id, opens, closes, secret, threshold, sealed, asked_to, reminds, reminded_to, turn, wording
FROM rounds
WHERE id = %(round)s

-- name: round_put
-- Served by rounds_pkey.
INSERT INTO rounds (
  id, opens, closes, secret, threshold, sealed, asked_to, reminds, reminded_to, turn, wording
)
SELECT
  id, opens, closes, decode(secret, 'base64'), threshold, sealed, asked_to, reminds, reminded_to, turn, wording
FROM jsonb_to_recordset(%(documents)s) AS document (
  id text, opens timestamptz, closes timestamptz, secret text, threshold integer, sealed boolean, asked_to text,
  reminds timestamptz, reminded_to text, turn text, wording integer
)
ON CONFLICT (id) DO UPDATE SET
  opens = excluded.opens,
  closes = excluded.closes,
  secret = excluded.secret,
  threshold = excluded.threshold,
  sealed = excluded.sealed,
  asked_to = excluded.asked_to,
  reminds = excluded.reminds,
  reminded_to = excluded.reminded_to,
  turn = excluded.turn,
  wording = excluded.wording

-- name: rounds
-- Served by no index: there are a dozen a year.
SELECT id, opens, closes, secret, threshold, sealed, asked_to, reminds, reminded_to, turn, wording
FROM rounds
ORDER BY opens, id

-- name: rounds_closed
-- Served by no index: there are a dozen a year.
SELECT id, opens, closes, secret, threshold, sealed, asked_to, reminds, reminded_to, turn, wording
FROM rounds
WHERE secret IS NULL
ORDER BY opens, id

-- name: answers_any
-- Served by answers_pkey alone.
SELECT 1
FROM answers
WHERE round = %(round)s
LIMIT 1

-- name: answers_put
-- Served by answers_pkey. The first group stays: an answer that is changed does not move.
INSERT INTO answers (round, voice, "group", site, confidence, workload, third, beside)
SELECT round, voice, "group", site, confidence, workload, third, beside
FROM jsonb_to_recordset(%(documents)s) AS document (
  round text, voice text, "group" text, site text,
  confidence smallint, workload smallint, third smallint, beside smallint
)
ON CONFLICT (round, voice) DO UPDATE SET
  confidence = excluded.confidence,
  workload = excluded.workload,
  third = excluded.third,
  beside = excluded.beside

-- name: answers_voices
-- Served by answers_pkey alone.
SELECT voice
FROM answers
WHERE round = %(round)s AND voice = ANY(%(voices)b::text[])

-- name: answers_removed
-- Served by answers_pkey. A round has closed.
DELETE FROM answers
WHERE round = %(round)s

-- name: answers_voices_removed
-- Served by answers_pkey. Somebody took their answers back.
DELETE FROM answers
WHERE round = %(round)s AND voice = ANY(%(voices)b::text[])

-- name: tallies
-- Served by answers_pkey: reads a whole round, once, when it closes. Each question is counted for itself: what
-- one person said to two of them is not told, and a group with few answers does not come out at all. The counts stand
-- here twice because one pass over all grouping sets took three times as long at 505,000 people.
SELECT
  CASE
    WHEN grouping("group") = 0 THEN "group"
    WHEN grouping(site) = 0 THEN 'site:' || site
    ELSE 'organisation:'
  END AS key,
  CASE WHEN grouping("group") = 0 THEN site ELSE '' END AS place,
  ARRAY[
    count(*) FILTER (WHERE confidence = 1),
    count(*) FILTER (WHERE confidence = 2),
    count(*) FILTER (WHERE confidence = 3),
    count(*) FILTER (WHERE confidence = 4),
    count(*) FILTER (WHERE confidence = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE workload = 1),
    count(*) FILTER (WHERE workload = 2),
    count(*) FILTER (WHERE workload = 3),
    count(*) FILTER (WHERE workload = 4),
    count(*) FILTER (WHERE workload = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE third = 1),
    count(*) FILTER (WHERE third = 2),
    count(*) FILTER (WHERE third = 3),
    count(*) FILTER (WHERE third = 4),
    count(*) FILTER (WHERE third = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE beside = 1),
    count(*) FILTER (WHERE beside = 2),
    count(*) FILTER (WHERE beside = 3),
    count(*) FILTER (WHERE beside = 4),
    count(*) FILTER (WHERE beside = 5)
  ]
FROM answers
WHERE round = %(round)s AND left("group", 5) = 'team:'
GROUP BY GROUPING SETS (("group", site), (site), ())
HAVING count(*) >= %(least)s
UNION ALL
SELECT
  "group" AS key,
  '' AS place,
  ARRAY[
    count(*) FILTER (WHERE confidence = 1),
    count(*) FILTER (WHERE confidence = 2),
    count(*) FILTER (WHERE confidence = 3),
    count(*) FILTER (WHERE confidence = 4),
    count(*) FILTER (WHERE confidence = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE workload = 1),
    count(*) FILTER (WHERE workload = 2),
    count(*) FILTER (WHERE workload = 3),
    count(*) FILTER (WHERE workload = 4),
    count(*) FILTER (WHERE workload = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE third = 1),
    count(*) FILTER (WHERE third = 2),
    count(*) FILTER (WHERE third = 3),
    count(*) FILTER (WHERE third = 4),
    count(*) FILTER (WHERE third = 5)
  ],
  ARRAY[
    count(*) FILTER (WHERE beside = 1),
    count(*) FILTER (WHERE beside = 2),
    count(*) FILTER (WHERE beside = 3),
    count(*) FILTER (WHERE beside = 4),
    count(*) FILTER (WHERE beside = 5)
  ]
FROM answers
WHERE round = %(round)s AND left("group", 5) <> 'team:'
GROUP BY "group"
HAVING count(*) >= %(least)s
ORDER BY key, place

-- name: publications_add
-- Served by publications_pkey. What was published stays as it was.
INSERT INTO publications (round, "group", document)
SELECT document ->> 'round', document ->> 'group', document
FROM jsonb_array_elements(%(documents)s) AS document
ON CONFLICT (round, "group") DO NOTHING

-- name: published
-- Served by publications_wide, which leaves out the many teams.
SELECT document
FROM publications
WHERE round = %(round)s AND "group" NOT LIKE 'team:%%'
ORDER BY "group"

-- name: published_of
-- Served by publications_group.
SELECT document
FROM publications
WHERE "group" = ANY(%(groups)b::text[])
ORDER BY round, "group"

-- name: plan
-- Served by plans_pkey.
SELECT "group", purpose
FROM plans
WHERE "group" = %(group)s

-- name: plan_put
-- Served by plans_pkey.
INSERT INTO plans ("group", purpose)
SELECT "group", purpose
FROM jsonb_to_recordset(%(documents)s) AS document ("group" text, purpose integer)
ON CONFLICT ("group") DO UPDATE SET purpose = excluded.purpose
