-- title: Silver: cleaned events
-- group: The three layers
-- Without rows that have no user; empty properties are NULL.
SELECT event_time, user_id, team_id, event_name, properties
FROM silver_events
LIMIT 100;
