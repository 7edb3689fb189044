-- How prompts went, as totals.

-- name: votes
-- Served by votes_pkey.
SELECT prompt, worked, needed_changes, did_not_work
FROM votes
WHERE prompt = %(prompt)s

-- name: all_votes
-- Served by no index: it is all of a small table, a row for each prompt of the library.
SELECT prompt, worked, needed_changes, did_not_work
FROM votes

-- name: votes_put
-- Served by votes_pkey.
INSERT INTO votes (prompt, worked, needed_changes, did_not_work)
SELECT prompt, worked, needed_changes, did_not_work
FROM jsonb_to_recordset(%(documents)s)
  AS document (prompt text, worked integer, needed_changes integer, did_not_work integer)
ON CONFLICT (prompt) DO UPDATE SET
  worked = excluded.worked,
  needed_changes = excluded.needed_changes,
  did_not_work = excluded.did_not_work
