-- name: silver_purchases
-- layer: silver
-- kind: incremental
-- period: day of date
-- grain: one row per purchase event
-- depends on: silver_events
-- columns:
--   date: the day of the purchase
--   event_time: when it happened
--   user_id: who bought
--   team_id: the team of that user
--   price: of one piece, null where the event names none
--   quantity: number of pieces, null where the event names none
--   revenue: price x quantity, null where one of them is missing
-- summary: Purchases with prices parsed from JSON, stored as a table so queries are fast.
WITH purchases AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY_CAST(properties AS JSON) AS details
  FROM silver_events
  WHERE event_name = 'purchase'
),
typed AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY_CAST(details ->> '$.price' AS DECIMAL(18, 2)) AS price,
    TRY_CAST(details ->> '$.quantity' AS INTEGER) AS quantity
  FROM purchases
)
SELECT *, TRY_CAST(price * quantity AS DECIMAL(18, 2)) AS revenue
FROM typed;
