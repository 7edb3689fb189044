-- What keeps units of work from interleaving. Advisory locks end with their transaction, hold also what has
-- no row yet, and write nothing: a unit that only reads needs neither a transaction id nor a synced commit.
-- The ids come sorted, so that two units with several ids in common do not wait for each other. No table is read.

-- name: hold_people
SELECT pg_advisory_xact_lock(hashtextextended(id COLLATE "C", 1)) FROM unnest(%(ids)s::text[]) AS id

-- name: hold_paces
SELECT pg_advisory_xact_lock(hashtextextended(id COLLATE "C", 2)) FROM unnest(%(ids)s::text[]) AS id

-- name: hold_votes
SELECT pg_advisory_xact_lock(hashtextextended(id COLLATE "C", 9)) FROM unnest(%(ids)s::text[]) AS id

-- name: hold_rounds
-- Alone: whoever lists the rounds may open or close one.
SELECT pg_advisory_xact_lock(hashtextextended(id COLLATE "C", 3)) FROM unnest(%(ids)s::text[]) AS id

-- name: hold_help
-- Alone: whoever offers a request must see what the champion was offered before. Taken before any person is.
SELECT pg_advisory_xact_lock(hashtextextended(id COLLATE "C", 5)) FROM unnest(%(ids)s::text[]) AS id

-- name: share_rounds
-- Together with others: whoever reads one round may answer it, but not open or close one.
SELECT pg_advisory_xact_lock_shared(hashtextextended(id COLLATE "C", 3)) FROM unnest(%(ids)s::text[]) AS id
