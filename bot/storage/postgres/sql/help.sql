-- name: help_request
-- Served by help_requests_pkey.
SELECT document
FROM help_requests
WHERE id = %(request)s

-- name: help_request_put
-- Served by help_requests_pkey.
INSERT INTO help_requests (id, asked, changed, due, people, document)
SELECT
  document ->> 'id',
  (document ->> 'asked')::timestamptz,
  (document ->> 'changed')::timestamptz,
  (document ->> 'due')::timestamptz,
  array_append(ARRAY(SELECT jsonb_path_query(document, '$.offers[*].champion') #>> '{}'), document ->> 'asker'),
  document
FROM jsonb_array_elements(%(documents)s) AS document
ON CONFLICT (id) DO UPDATE SET
  asked = excluded.asked,
  changed = excluded.changed,
  due = excluded.due,
  people = excluded.people,
  document = excluded.document

-- name: help_requests_of
-- Served by help_requests_people.
SELECT document
FROM help_requests
WHERE people @> ARRAY[%(person)s::text]
ORDER BY asked, id

-- name: help_requests_due
-- Served by help_requests_due, which is in the order that is asked for.
SELECT document
FROM help_requests
WHERE due <= %(now)s
ORDER BY due, id
LIMIT %(limit)s

-- name: help_requests_changed
-- Served by help_requests_changed, which is in the order that is asked for.
SELECT document
FROM help_requests
WHERE changed >= %(moment)s
ORDER BY changed, id

-- name: help_request_remove
-- Served by help_requests_pkey.
DELETE FROM help_requests WHERE id = %(request)s RETURNING id

-- name: help_requests_forgotten
-- Served by help_requests_changed.
DELETE FROM help_requests WHERE id IN (
  SELECT id
  FROM help_requests
  WHERE changed < %(before)s AND due IS NULL
  ORDER BY changed, id
  LIMIT %(limit)s
  FOR UPDATE SKIP LOCKED
)
RETURNING id

-- name: champion
-- Served by champions_pkey.
SELECT document
FROM champions
WHERE person = %(person)s

-- name: champion_put
-- Served by champions_pkey.
INSERT INTO champions (person, document)
SELECT document ->> 'person', document
FROM jsonb_array_elements(%(documents)s) AS document
ON CONFLICT (person) DO UPDATE SET document = excluded.document

-- name: champions
-- Served by champions_pkey for its order: there are some thousands at most.
SELECT document
FROM champions
ORDER BY person

-- name: champion_remove
-- Served by champions_pkey.
DELETE FROM champions WHERE person = %(person)s RETURNING person
