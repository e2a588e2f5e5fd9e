-- name: user_is_known
-- severity: warning
-- scope: day
-- depends on: bronze_events
-- drops: bronze_events -> silver_events
-- summary: Every event names its user; silver leaves out those that do not.
SELECT *
FROM bronze_events
WHERE user_id IS NULL;
