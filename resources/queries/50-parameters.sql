-- title: Parameters: one team since a date
-- group: Parameters
-- Enter values and types for $team and $since above the editor.
SELECT CAST(event_time AS DATE) AS day, count(*) AS events
FROM silver_events
WHERE team_id = CAST($team AS BIGINT) AND event_time >= CAST($since AS DATE)
GROUP BY ALL
ORDER BY day;
