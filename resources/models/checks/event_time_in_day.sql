-- name: event_time_in_day
-- severity: error
-- scope: day
-- depends on: bronze_events
-- kept in: silver_events
-- kept because: The specification of silver keeps late events. Weekly active teams counts them in the week they happened, from event_time; every other metric on the day of their file.
-- summary: Every event is in the partition for its own day.
SELECT *
FROM bronze_events
WHERE CAST(event_time AS DATE) IS DISTINCT FROM date;
