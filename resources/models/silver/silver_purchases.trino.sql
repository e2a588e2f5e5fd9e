-- silver_purchases.sql on Trino, which reads JSON by other functions.
WITH purchases AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY(json_parse(properties)) AS details
  FROM silver_events
  WHERE event_name = 'purchase'
),
typed AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY_CAST(json_extract_scalar(details, '$.price') AS DECIMAL(18, 2)) AS price,
    TRY_CAST(json_extract_scalar(details, '$.quantity') AS INTEGER) AS quantity
  FROM purchases
)
SELECT *, TRY_CAST(price * quantity AS DECIMAL(18, 2)) AS revenue
FROM typed;
