-- title: PIVOT: events by month and name
-- group: Counting
-- A PIVOT creates one column per value.
PIVOT (
  SELECT date_trunc('month', event_time) AS month, event_name FROM silver_events
)
ON event_name
USING count(*)
ORDER BY month;
