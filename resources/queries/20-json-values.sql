-- title: JSON: take values out
-- group: JSON
-- ->> gives text, -> gives JSON. Completion after ->>' offers the keys that occur.
SELECT
  properties->>'platform' AS platform,
  properties->>'browser' AS browser,
  count(*) AS events
FROM silver_events
WHERE properties->>'platform' IS NOT NULL
GROUP BY ALL
ORDER BY events DESC;
