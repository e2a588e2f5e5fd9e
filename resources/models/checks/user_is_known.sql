-- name: user_is_known
-- severity: warning
-- scope: day
-- depends on: bronze_events
-- drops: bronze_events -> silver_events
-- summary: Every event has a user. Silver drops those that don't.
SELECT *
FROM bronze_events
WHERE user_id IS NULL;
