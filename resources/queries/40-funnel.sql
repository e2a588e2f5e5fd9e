-- title: Funnel: from page view to purchase
-- group: Funnels and cohorts
-- A user counts for a step if they did it after the previous one.
WITH firsts AS (
  SELECT
    user_id,
    min(event_time) FILTER (event_name = 'page_view') AS viewed,
    max(event_time) FILTER (event_name = 'add_to_cart') AS added,
    max(event_time) FILTER (event_name = 'checkout') AS checked_out,
    max(event_time) FILTER (event_name = 'purchase') AS bought
  FROM silver_events
  GROUP BY user_id
)
SELECT
  count(viewed) AS viewed,
  count(*) FILTER (added > viewed) AS added_to_cart,
  count(*) FILTER (added > viewed AND checked_out > added) AS checked_out,
  count(*) FILTER (added > viewed AND checked_out > added AND bought > checked_out) AS bought
FROM firsts;
