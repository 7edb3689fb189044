-- name: experience
-- Served by experiences_pkey.
SELECT person, prompt, shown, outcome
FROM experiences
WHERE person = %(person)s AND prompt = %(prompt)s

-- name: experiences_some
-- Served by experiences_pkey, one descent a pair.
SELECT experiences.person, experiences.prompt, experiences.shown, experiences.outcome
FROM unnest(%(people)b::text[], %(prompts)b::text[]) AS pair (person, prompt)
JOIN experiences ON experiences.person = pair.person AND experiences.prompt = pair.prompt

-- name: experiences_put
-- Served by experiences_pkey.
INSERT INTO experiences (person, prompt, shown, outcome)
SELECT person, prompt, shown, outcome
FROM jsonb_to_recordset(%(documents)s) AS document (person text, prompt text, shown timestamptz, outcome text)
ON CONFLICT (person, prompt) DO UPDATE SET
  shown = excluded.shown,
  outcome = excluded.outcome

-- name: experiences_shown
-- Served by experiences_pkey.
INSERT INTO experiences (person, prompt, shown, outcome)
SELECT person, prompt, shown, outcome
FROM jsonb_to_recordset(%(documents)s) AS document (person text, prompt text, shown timestamptz, outcome text)
ON CONFLICT (person, prompt) DO UPDATE SET shown = excluded.shown

-- name: experiences_unmark
-- Served by experiences_pkey.
DELETE FROM experiences
USING unnest(%(people)b::text[], %(prompts)b::text[], %(shown)b::timestamptz[]) AS mark (person, prompt, shown)
WHERE experiences.person = mark.person AND experiences.prompt = mark.prompt
  AND experiences.shown = mark.shown AND experiences.outcome IS NULL
RETURNING experiences.prompt

-- name: experiences_of
-- Served by experiences_pkey.
SELECT person, prompt, shown, outcome
FROM experiences
WHERE person = %(person)s
ORDER BY shown, prompt

-- name: experiences_seen_each
-- Served by experiences_pkey alone, one descent a person: the rows would lie all over the table.
SELECT person, array_agg(prompt)
FROM experiences
WHERE person = ANY(%(people)b::text[]) AND shown > %(after)s
GROUP BY person

-- name: experiences_reached
-- Served by experiences_of_shared alone, which is why the pattern stands here as well.
SELECT count(*)
FROM experiences
WHERE prompt = %(prompt)s AND prompt LIKE 'shared-%%' AND person IS DISTINCT FROM %(but)s::text

-- name: experiences_forgotten
-- Served by experiences_shown, which is in the order that is asked for, and by experiences_pkey. Rows that somebody
-- else has are stepped over.
WITH old AS MATERIALIZED (
  SELECT person, prompt
  FROM experiences
  WHERE shown < %(before)s
  ORDER BY shown
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM experiences
  WHERE (person, prompt) IN (SELECT person, prompt FROM old)
  RETURNING 1
)
SELECT count(*) FROM gone

-- name: experiences_remove_of
-- Served by experiences_pkey.
DELETE FROM experiences WHERE person = %(person)s RETURNING prompt
-- name: experiences_worked
-- Served by experiences_worked: only what worked is in it. Asked once a round.
SELECT prompt, count(*)
FROM experiences
WHERE outcome = 'worked'
GROUP BY prompt
HAVING count(*) >= %(least)s
ORDER BY count(*) DESC, prompt
