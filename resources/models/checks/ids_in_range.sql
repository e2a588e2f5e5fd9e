-- name: ids_in_range
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: User and team IDs are positive, and every event has a team.
SELECT *
FROM bronze_events
WHERE user_id < 1 OR team_id IS NULL OR team_id < 1;
