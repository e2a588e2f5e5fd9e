-- name: realistic
-- purpose: the events of the profile "realistic": teams that come and go, sessions, funnels
-- needs: realistic-lookups.sql; the variables `story_start` (DATE) and `story_days`, the range of the story;
--   `churn_from`, `churn_to` and `churn_day`: teams that signed up from `churn_from` to before `churn_to` are
--   gone from `churn_day` on, in days since `story_start`; the table `blocks`, as uniform.sql
-- gives: one row per event, ordered by date; row_number, first_row, rows and copies are for mess.sql
-- run by: each generator process, inside COPY ... TO parquet, once per chunk of days
WITH days AS (
  SELECT
    *,
    date - getvariable('story_start') AS day,
    -- Seats that are taken on that day: a quarter from the start, the others over the story.
    getvariable('team_seats') * (0.25 + 0.75 * least(1.0, greatest(0, (date - getvariable('story_start') + 1)) /
      getvariable('story_days')::DOUBLE)) AS open_seats,
    CASE WHEN isodow(date) >= 6 THEN 1024 ELSE 0 END::UBIGINT AS hour_curve,
    (column_hash(first_row::UBIGINT, 'script') % getvariable('script_count')::UBIGINT)::BIGINT AS first_script
  FROM blocks
),
-- The number of scripts that fill the block; more than all of them if weights have made them short.
filled AS (
  SELECT
    days.*,
    first_slot AS block_slot,
    ln(open_seats + 1) / ln(getvariable('team_seats') + 1) AS open_share
  FROM days
  JOIN scripts ON number = first_script
),
runs AS (
  SELECT filled.*, number AS last_script
  FROM filled
  JOIN script_of_slot ON slot = block_slot + rows - 1
),
visits AS (
  SELECT *, unnest(range(first_script, last_script + 1)) AS script FROM runs
),
-- One row per session, with its constant values.
started AS (
  SELECT
    date, day, first_row, rows, copies, open_share, hour_curve, first_slot, lasts,
    least(steps, rows - (first_slot - block_slot)) AS steps,
    first_row + first_slot - block_slot AS session_row,
    (first_row + first_slot - block_slot)::UBIGINT AS session
  FROM visits
  JOIN scripts ON number = script
),
-- Users are drawn by seat: first a row of 64 seats, in proportion to its length, then a seat in it by a power law.
seated AS (
  SELECT
    *,
    (((floor(draw(session, 'seat') * open_share * getvariable('user_seats') / 64)::BIGINT * 64)
      + (floor(64 * draw(session, 'rank') ** 3)::BIGINT * 37
        + floor(draw(session, 'seat') * open_share * getvariable('user_seats') / 64)::BIGINT * 11) % 64)
      % getvariable('user_seats'))::BIGINT AS seat
  FROM started
),
-- Seats of users are paired, so that the second user of both has one team.
teamed AS (
  SELECT
    *,
    least(getvariable('team_seats'), floor((getvariable('team_seats') + 1) **
      ((seat // 2 * 2 + 0.5) / getvariable('user_seats')))::BIGINT) AS team_seat
  FROM seated
),
opened AS (
  SELECT
    *,
    floor(getvariable('story_days') * (team_seat / getvariable('team_seats')::DOUBLE - 0.25) / 0.75)::BIGINT AS opens,
    column_hash(team_seat::UBIGINT, 'leaves') AS fate
  FROM teamed
),
lives AS (
  SELECT
    *,
    CASE
      WHEN team_seat <= getvariable('founders') OR team_seat % 2 = 0
        OR getvariable('user_seats') + seat // 2 >= getvariable('users') THEN 1_000_000
      ELSE greatest(opens, 0) + 45 + (fate % (1 + getvariable('story_days'))::UBIGINT)::BIGINT
    END AS leaves
  FROM opened
),
-- 1: the first team of the seat; 2: the second; 0: nobody, then one of the founders' users takes the session.
present AS (
  SELECT
    *,
    CASE
      WHEN day < leaves THEN
        CASE WHEN day >= getvariable('churn_day') AND opens >= getvariable('churn_from')
          AND opens < getvariable('churn_to') AND team_seat > getvariable('founders') THEN 0 ELSE 1 END
      WHEN day < leaves + 20 + (fate % 40)::BIGINT THEN 0
      WHEN day >= getvariable('churn_day') AND leaves + 20 + (fate % 40)::BIGINT >= getvariable('churn_from')
        AND leaves + 20 + (fate % 40)::BIGINT < getvariable('churn_to') THEN 0
      ELSE 2
    END AS tenant
  FROM lives
),
chosen AS (
  SELECT
    date, first_row, rows, copies, session_row, session, hour_curve, first_slot, steps, lasts,
    CASE tenant
      WHEN 1 THEN seat
      WHEN 2 THEN getvariable('user_seats') + seat // 2
      ELSE (seat % greatest(1, floor(getvariable('user_seats') * ln(getvariable('founders') + 1)
        / ln(getvariable('team_seats') + 1) - 2)::BIGINT))
    END AS person,
    tenant,
    team_seat
  FROM present
),
known AS (
  SELECT
    * EXCLUDE (person, tenant, team_seat),
    1 + (person * getvariable('user_stride') + 7) % getvariable('users') AS user_id,
    1 + ((CASE tenant
      WHEN 1 THEN team_seat
      WHEN 2 THEN getvariable('team_seats') + team_seat // 2
      ELSE floor((getvariable('team_seats') + 1) **
        ((person // 2 * 2 + 0.5) / getvariable('user_seats')))::BIGINT
    END) * getvariable('team_stride')) % getvariable('teams') AS team_id
  FROM chosen
),
sessions AS (
  SELECT
    date, first_row, rows, copies, session_row, session, user_id, team_id, first_slot, steps,
    50 + (column_hash(session, 'pace') % 100)::BIGINT AS pace,
    -- Begins early enough to end on the same day.
    epoch_us(date) + 1000 * ((begins + (column_hash(session, 'begins') % 3_600_000)::BIGINT)
      * (86_400_000 - lasts * 3 // 2) // 86_400_000) AS begins,
    '{"session_id":"' || lower(to_hex(column_hash(session, 'session_id'))) || '"' AS context_0,
    context_0 || one_key AS context_1,
    context_0 || three_keys AS context_2
  FROM known
  JOIN hours ON hours.slot = hour_curve + column_hash(session, 'hour') % 1024
  -- Most sessions of a user are on the same device.
  JOIN devices ON devices.slot = column_hash(
    (user_id * 2 + (column_hash(session, 'second_device') % 5 = 0)::INTEGER)::UBIGINT, 'device') % 100
),
numbered AS (
  SELECT *, unnest(range(steps)) AS session_step FROM sessions
)
SELECT
  make_timestamp(begins + elapsed * pace * 10) AS event_time,
  user_id,
  team_id,
  event_name,
  CASE context WHEN 0 THEN context_0 WHEN 1 THEN context_1 ELSE context_2 END || detail AS properties,
  date,
  (session_row + session_step)::UBIGINT AS row_number,
  first_row,
  rows,
  copies
FROM numbered
JOIN script_steps ON script_steps.slot = first_slot + session_step
JOIN details ON details.slot = detail_base + column_hash(session * 2048 + detail_number, 'detail') % 1024
