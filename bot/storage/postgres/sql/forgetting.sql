-- How a closed round is made to be nobody's. The first four are one transaction, the last is outside of any.

-- name: answers_scattered
-- Served by answers_pkey. Writes the answers of rounds that were just closed anew, in an order that says nothing
-- of who answered first: the order of rows, and which transaction wrote them, would tell.
WITH taken AS (
  DELETE FROM answers
  USING rounds
  WHERE answers.round = rounds.id AND rounds.secret IS NULL AND NOT rounds.sealed
  RETURNING answers.*
)
INSERT INTO answers
SELECT * FROM taken ORDER BY round, voice

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
