-- silver_purchases.sql on Trino, which reads JSON by other functions and casts less text to numbers: DuckDB ignores
-- spaces around a number and _ between its digits, rounds "2.5" to an integer, and reads "0x1F" and "0b11" as integers.
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
    regexp_replace(trim(json_extract_scalar(details, '$.quantity')), '(\d)_(?=\d)', '$1') AS quantity,
    replace(json_extract_scalar(details, '$.quantity'), '_', '') AS digits
  FROM purchases
),
typed AS (
  SELECT
    date,
    event_time,
    user_id,
    team_id,
    TRY_CAST(price AS DECIMAL(18, 2)) AS price,
    CASE
      WHEN regexp_like(digits, '^0[xX][0-9a-fA-F]+$') THEN TRY(CAST(from_base(substr(digits, 3), 16) AS INTEGER))
      WHEN regexp_like(digits, '^0[bB][01]+$') THEN TRY(CAST(from_base(substr(digits, 3), 2) AS INTEGER))
      ELSE TRY_CAST(ROUND(TRY_CAST(quantity AS DECIMAL(38, 19))) AS INTEGER)
    END AS quantity
  FROM texts
)
SELECT *, TRY_CAST(price * quantity AS DECIMAL(18, 2)) AS revenue
FROM typed;
