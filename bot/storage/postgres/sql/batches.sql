-- name: in_order
-- Served by nothing: no table is read. The next statement reads its index in order, and stops at the limit. With
-- statistics that lag behind, the planner may expect little, and collect and sort a whole backlog.
SET LOCAL enable_bitmapscan = off

-- name: in_any_order
-- Served by nothing: no table is read. For everything else the planner knows best.
SET LOCAL enable_bitmapscan = on
