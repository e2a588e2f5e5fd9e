-- name: ids_in_range
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Users and teams have ids from 1 on, and every event names its team.
SELECT *
FROM bronze_events
WHERE user_id < 1 OR team_id IS NULL OR team_id < 1;
