-- title: Trino: JSON values
-- group: On the cluster (Trino SQL)
-- json_extract_scalar gives text, and NULL where the JSON is malformed or has no such key.
SELECT
  json_extract_scalar(properties, '$.platform') AS platform,
  json_extract_scalar(properties, '$.browser') AS browser,
  count(*) AS events
FROM silver_events
WHERE json_extract_scalar(properties, '$.platform') IS NOT NULL
GROUP BY 1, 2
ORDER BY events DESC;
