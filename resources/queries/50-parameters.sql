-- title: Parameters: one team since a date
-- group: Parameters
-- Values for $team and $since are asked for above the editor, with their types.
SELECT CAST(event_time AS DATE) AS day, count(*) AS events
FROM silver_events
WHERE team_id = CAST($team AS BIGINT) AND event_time >= CAST($since AS DATE)
GROUP BY ALL
ORDER BY day;
