-- name: event_time_in_day
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Every event happened on the day of the partition that it lies in.
SELECT *
FROM bronze_events
WHERE CAST(event_time AS DATE) IS DISTINCT FROM date;
