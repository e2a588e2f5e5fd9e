-- name: uniform
-- purpose: the events of the profile "uniform": each column uniform and independent of the others
-- needs: uniform-lookups.sql; the variables `users` and `teams`; the table `blocks`
--   (date DATE, first_row BIGINT, rows BIGINT, copies BIGINT): the rows to make, in the order of their days
-- gives: one row per event, ordered by date; row_number, first_row, rows and copies are for mess.sql
-- run by: each generator process, inside COPY ... TO parquet, once per chunk of days. To try it, after uniform-lookups.sql:
--   SET VARIABLE users = 100000; SET VARIABLE teams = 1000;
--   CREATE TEMP TABLE blocks AS SELECT DATE '2023-01-01' AS date, 0 AS first_row, 912 AS rows, 0 AS copies;
WITH numbered AS (
  SELECT date, first_row, rows, copies, unnest(range(first_row, first_row + rows))::UBIGINT AS row_number
  FROM blocks
)
SELECT
  make_timestamp(epoch_us(date) + (column_hash(row_number, 'event_time') % 86_400_000)::BIGINT * 1000) AS event_time,
  (1 + column_hash(row_number, 'user_id') % getvariable('users')::UBIGINT)::BIGINT AS user_id,
  (1 + column_hash(row_number, 'team_id') % getvariable('teams')::UBIGINT)::BIGINT AS team_id,
  event_name,
  first_half || second_half AS properties,
  date,
  row_number,
  first_row,
  rows,
  copies
FROM numbered
JOIN event_names ON event_names.slot = column_hash(row_number, 'event_name') % 3840
JOIN key_counts ON key_counts.slot = column_hash(row_number, 'key_count') % 16_016
JOIN first_halves ON
  first_halves.slot = first_base + column_hash(row_number, 'first_half') % getvariable('variants')::UBIGINT
JOIN second_halves ON
  second_halves.slot = second_base + column_hash(row_number, 'second_half') % getvariable('variants')::UBIGINT
