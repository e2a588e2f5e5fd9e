-- name: event_time_in_day
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Every event is in the partition for its own day.
SELECT *
FROM bronze_events
WHERE CAST(event_time AS DATE) IS DISTINCT FROM date;
