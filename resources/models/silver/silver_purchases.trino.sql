-- silver_purchases.sql on Trino, which reads JSON by other functions and casts less text to numbers: DuckDB ignores
-- spaces around a number and _ between its digits, and rounds "2.5" to an integer.
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
texts AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    regexp_replace(trim(json_extract_scalar(details, '$.price')), '(\d)_(?=\d)', '$1') AS price,
    regexp_replace(trim(json_extract_scalar(details, '$.quantity')), '(\d)_(?=\d)', '$1') AS quantity
  FROM purchases
),
typed AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY_CAST(price AS DECIMAL(18, 2)) AS price,
    TRY_CAST(ROUND(TRY_CAST(quantity AS DECIMAL(38, 19))) AS INTEGER) AS quantity
  FROM texts
)
SELECT *, TRY_CAST(price * quantity AS DECIMAL(18, 2)) AS revenue
FROM typed;
