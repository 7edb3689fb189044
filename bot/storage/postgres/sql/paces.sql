-- name: pace
-- Served by paces_pkey.
SELECT tenant, next_free, halted_until
FROM paces
WHERE tenant = %(tenant)s

-- name: pace_put
-- Served by paces_pkey.
INSERT INTO paces (tenant, next_free, halted_until)
SELECT tenant, next_free, halted_until
FROM jsonb_to_recordset(%(documents)s) AS document (tenant text, next_free timestamptz, halted_until timestamptz)
ON CONFLICT (tenant) DO UPDATE SET
  next_free = excluded.next_free,
  halted_until = excluded.halted_until
