-- title: PIVOT: events by month and name
-- group: Counting
-- A PIVOT makes one column of each value that it finds.
PIVOT (
  SELECT date_trunc('month', event_time) AS month, event_name FROM silver_events
)
ON event_name
USING count(*)
ORDER BY month;
