-- title: Trino: top events per month
-- group: On the cluster (Trino SQL)
-- Trino has no QUALIFY: rows are ranked in a query of WITH, and filtered after it.
WITH counted AS (
  SELECT date_trunc('month', event_time) AS month, event_name, count(*) AS events
  FROM silver_events
  GROUP BY 1, 2
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY month ORDER BY events DESC, event_name) AS place
  FROM counted
)
SELECT month, place, event_name, events
FROM ranked
WHERE place <= 3
ORDER BY month, place;
