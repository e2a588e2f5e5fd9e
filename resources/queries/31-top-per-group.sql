-- title: Window: the three busiest users of each team
-- group: Window functions
-- QUALIFY filters by a window function, as HAVING does by an aggregate.
SELECT team_id, user_id, count(*) AS events
FROM silver_events
GROUP BY team_id, user_id
QUALIFY row_number() OVER (PARTITION BY team_id ORDER BY count(*) DESC, user_id) <= 3
ORDER BY team_id, events DESC;
