-- title: Window: moving average over seven days
-- group: Window functions
WITH days AS (
  SELECT CAST(event_time AS DATE) AS day, count(*) AS events
  FROM silver_events
  GROUP BY ALL
)
SELECT
  day,
  events,
  round(avg(events) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS seven_day_average
FROM days
ORDER BY day;
