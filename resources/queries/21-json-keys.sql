-- title: JSON: which keys occur
-- group: JSON
SELECT key, count(*) AS events
FROM (SELECT unnest(json_keys(properties)) AS key FROM silver_events)
GROUP BY key
ORDER BY events DESC;
