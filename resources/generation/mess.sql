-- name: mess
-- purpose: deliberate errors in the data
-- needs: hashing.sql; the variables `null_users`, `empty_properties`, `late_events`, `malformed_json` and `drift_rate`
--   (shares of the rows), `drift_start` (DATE) and `first_day` (DATE); a profile's rows as `events`
-- gives: the rows as they are written
-- run by: each generator process instead of the plain profile, if a recipe has any mess
WITH repeated AS (
  -- `copies` of a block's rows are there twice, evenly spread; a copy is messed up like its original.
  SELECT
    * EXCLUDE (first_row, rows, copies),
    unnest(range(
      1 + ((row_number::BIGINT - first_row + 1) * copies) // rows - ((row_number::BIGINT - first_row) * copies) // rows
    ))
  FROM events
)
SELECT
  CASE
    WHEN draw(row_number, 'late') < getvariable('late_events') AND date > getvariable('first_day')
      THEN event_time - to_days(
        1 + (column_hash(row_number, 'days_late') % least(7, date - getvariable('first_day'))::UBIGINT)::INTEGER)
    ELSE event_time
  END AS event_time,
  CASE WHEN draw(row_number, 'null_user') >= getvariable('null_users') THEN user_id END AS user_id,
  team_id,
  event_name,
  CASE
    WHEN draw(row_number, 'empty') < getvariable('empty_properties') THEN ''
    -- Cut off somewhere, as a client that was killed would send it. One draw, so that no row is counted twice.
    WHEN draw(row_number, 'empty') < getvariable('empty_properties') + getvariable('malformed_json')
      THEN left(properties, 1 + (column_hash(row_number, 'cut') % (length(properties) - 2)::UBIGINT)::BIGINT)
    WHEN date >= getvariable('drift_start') AND draw(row_number, 'drift') < getvariable('drift_rate')
      THEN '{"app_version":"' || 2 + column_hash(row_number, 'major') % 3 || '.'
        || column_hash(row_number, 'minor') % 10 || '",' || substr(properties, 2)
    ELSE properties
  END AS properties,
  date
FROM repeated
