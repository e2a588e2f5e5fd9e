-- name: gold_daily_revenue
-- layer: gold
-- kind: incremental
-- period: day of date
-- grain: one row per day with purchases
-- depends on: silver_purchases
-- columns:
--   date: the day
--   purchases: purchase events of that day
--   priced_purchases: those that name both price and quantity
--   revenue: sum of price x quantity over these
-- summary: Purchase revenue per day.
SELECT
  date,
  COUNT(*) AS purchases,
  COUNT(revenue) AS priced_purchases,
  CAST(COALESCE(SUM(revenue), 0) AS DECIMAL(18, 2)) AS revenue
FROM silver_purchases
GROUP BY date
ORDER BY date;
