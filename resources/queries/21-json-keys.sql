-- title: JSON: list keys
-- group: JSON
-- Malformed JSON has no keys: it would stop the query, so it is left out.
SELECT key, count(*) AS events
FROM (SELECT unnest(CASE WHEN json_valid(properties) THEN json_keys(properties) END) AS key FROM silver_events)
GROUP BY key
ORDER BY events DESC;
