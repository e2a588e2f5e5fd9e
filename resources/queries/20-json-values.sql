-- title: JSON: extract values
-- group: JSON
-- ->> gives text, -> gives JSON. Completion after ->>' offers the keys that occur. Malformed JSON counts as NULL.
WITH events AS (
  SELECT CASE WHEN json_valid(properties) THEN properties::JSON END AS properties FROM silver_events
)
SELECT
  properties->>'platform' AS platform,
  properties->>'browser' AS browser,
  count(*) AS events
FROM events
WHERE properties->>'platform' IS NOT NULL
GROUP BY ALL
ORDER BY events DESC;
