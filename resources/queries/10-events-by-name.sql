-- title: Events by name
-- group: Counting
SELECT event_name, count(*) AS events, count(DISTINCT user_id) AS users
FROM silver_events
GROUP BY ALL
ORDER BY events DESC;
