-- How a closed round is made to be nobody's. The first three are one transaction, the last is outside of any.

-- name: rounds_set_aside
-- Served by no index: there are a dozen a year.
CREATE TEMPORARY TABLE rounds_kept ON COMMIT DROP AS SELECT * FROM rounds

-- name: rounds_emptied
-- Served by no index. Gives the table a new file and removes the old one, with every row version that was ever in it. VACUUM FULL
-- would carry over what some older transaction might still want to see.
TRUNCATE rounds

-- name: rounds_put_back
-- Served by no index.
INSERT INTO rounds SELECT * FROM rounds_kept

-- name: answers_vacuumed
-- Served by no index. Not FULL: answers to a round that is open would have to wait for it.
VACUUM answers
