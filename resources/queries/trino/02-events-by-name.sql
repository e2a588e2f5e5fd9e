-- title: Trino: events by name
-- group: On the cluster (Trino SQL)
-- approx_distinct needs little memory for any number of users; count(DISTINCT user_id) is exact and slower.
SELECT
  event_name,
  count(*) AS events,
  approx_distinct(user_id) AS about_users
FROM silver_events
GROUP BY event_name
ORDER BY events DESC;
