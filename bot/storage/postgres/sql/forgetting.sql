-- How a closed round is made to be nobody's, in one transaction: rounds and answers get new files, and the old ones
-- are removed, with every row version that was ever in them. Vacuuming would leave bytes where they lie, and
-- VACUUM FULL would carry over what some older transaction might still want to see.

-- name: rounds_locked
-- Served by no index: it reads nothing. What others write meanwhile would be lost between setting aside and putting back.
LOCK TABLE rounds, answers IN ACCESS EXCLUSIVE MODE

-- name: rounds_set_aside
-- Served by no index: there are a dozen a year.
CREATE TEMPORARY TABLE rounds_kept ON COMMIT DROP AS SELECT * FROM rounds

-- name: answers_set_aside
-- Served by no index: the answers of closed rounds are gone, and rounds do not overlap, so there are none as a rule.
CREATE TEMPORARY TABLE answers_kept ON COMMIT DROP AS SELECT * FROM answers

-- name: rounds_emptied
-- Served by no index.
TRUNCATE rounds, answers

-- name: rounds_put_back
-- Served by no index.
INSERT INTO rounds SELECT * FROM rounds_kept

-- name: answers_put_back
-- Served by no index. In an order that says nothing of who answered first.
INSERT INTO answers SELECT * FROM answers_kept ORDER BY round, voice
