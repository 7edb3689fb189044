-- name: contribution
-- Served by contributions_pkey. The row stays this unit's own: two reviewers decide one after the other.
SELECT document
FROM contributions
WHERE id = %(contribution)s
FOR UPDATE

-- name: contribution_put
-- Served by contributions_pkey.
INSERT INTO contributions (id, submitted, document)
SELECT document ->> 'id', (document ->> 'submitted')::timestamptz, document
FROM jsonb_array_elements(%(documents)s) AS document
ON CONFLICT (id) DO UPDATE SET
  submitted = excluded.submitted,
  document = excluded.document

-- name: contributions_at
-- Served by contributions_stage, which is in the order that is asked for.
SELECT document
FROM contributions
WHERE stage = %(stage)s
ORDER BY submitted, id

-- name: contributions_of
-- Served by no index: there are some thousands, and it is asked when somebody wants their data. The rows stay this
-- unit's own: they may be put or removed.
SELECT document
FROM contributions
WHERE document ->> 'author' = %(person)s OR document ->> 'reviewer' = %(person)s
ORDER BY submitted, id
FOR UPDATE

-- name: contribution_remove
-- Served by contributions_pkey.
DELETE FROM contributions WHERE id = %(contribution)s RETURNING id
