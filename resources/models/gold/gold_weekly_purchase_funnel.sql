-- name: gold_weekly_purchase_funnel
-- layer: gold
-- kind: incremental
-- period: week of week
-- grain: one row per week with events
-- depends on: silver_events
-- columns:
--   week: the Monday that the week starts on
--   viewed: users with a page_view in that week
--   added_to_cart: those of them who also added something to the cart in that week
--   checked_out: those of them who also went to checkout in that week
--   purchased: those of them who also purchased in that week
--   conversion: purchased over viewed; null in a week without a page_view
-- summary: Users who reach each step of the purchase within a week, in any order of the steps.
WITH users AS (
  SELECT
    CAST(date_trunc('week', date) AS DATE) AS week,
    user_id,
    BOOL_OR(event_name = 'page_view') AS has_viewed,
    BOOL_OR(event_name = 'add_to_cart') AS has_added,
    BOOL_OR(event_name = 'checkout') AS has_checked_out,
    BOOL_OR(event_name = 'purchase') AS has_purchased
  FROM silver_events
  WHERE event_name IN ('page_view', 'add_to_cart', 'checkout', 'purchase')
  GROUP BY 1, 2
),
steps AS (
  SELECT
    week,
    COUNT(*) FILTER (WHERE has_viewed) AS viewed,
    COUNT(*) FILTER (WHERE has_viewed AND has_added) AS added_to_cart,
    COUNT(*) FILTER (WHERE has_viewed AND has_added AND has_checked_out) AS checked_out,
    COUNT(*) FILTER (WHERE has_viewed AND has_added AND has_checked_out AND has_purchased) AS purchased
  FROM users
  GROUP BY week
)
SELECT *, ROUND(CAST(purchased AS DOUBLE) / NULLIF(viewed, 0), 4) AS conversion
FROM steps
ORDER BY week;
