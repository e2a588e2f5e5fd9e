-- name: realistic-lookups
-- purpose: the parts of the events of the profile "realistic": session scripts, hours, devices, details
-- needs: hashing.sql; the variables `seed`, `weights`, `users`, `teams`
-- gives: the tables script_steps, scripts, hours, devices, details; the variables script_count, user_seats, team_seats
-- run by: each generator process once, before its first day
--
-- A session follows one of 2,048 scripts: the events, their order, and the time between them. Days consist of
-- consecutive scripts, starting with a random one, so that the rows of a day can be numbered before they are made.

-- Possible steps, by script. `part` orders the steps; a script contains a step if `happens`.
CREATE OR REPLACE TEMP TABLE drafts AS
WITH visits AS (
  SELECT
    script::UBIGINT AS script,
    draw(script::UBIGINT, 'shops') < 0.8 AS shops,
    1 + (draw(script::UBIGINT, 'second') < 0.45)::INTEGER + (draw(script::UBIGINT, 'third') < 0.2)::INTEGER
      + (draw(script::UBIGINT, 'fourth') < 0.1)::INTEGER AS rounds
  FROM range(2048) AS scripts(script)
),
-- Shoppers search for a product, view it, and search for another one.
rounds AS (
  SELECT script, unnest(range(rounds)) AS round FROM visits WHERE shops
),
round_steps AS (
  SELECT script, round, unnest([
    {part: 0, event: 'search', chance: 1.0, group_of: 0},
    {part: 1, event: 'filter_apply', chance: 0.35, group_of: 1},
    {part: 2, event: 'page_view', chance: 0.93, group_of: 2},
    {part: 3, event: 'page_view', chance: 0.6, group_of: 3},
    {part: 4, event: 'page_view', chance: 0.35, group_of: 4},
    {part: 5, event: 'button_click', chance: 0.35, group_of: 5},
    {part: 6, event: 'video_play', chance: 0.14, group_of: 6},
    {part: 7, event: 'video_pause', chance: 0.09, group_of: 6},
    {part: 8, event: 'share', chance: 0.06, group_of: 8}
  ], recursive := true)
  FROM rounds
),
-- Buyers have viewed a product: the same draw as for the first page view above.
cart_steps AS (
  SELECT script, unnest([
    {part: 0, event: 'add_to_cart', chance: 0.42},
    {part: 1, event: 'add_to_cart', chance: 0.12},
    {part: 2, event: 'remove_from_cart', chance: 0.07},
    {part: 3, event: 'checkout', chance: 0.24},
    {part: 4, event: 'purchase', chance: 0.16}
  ], recursive := true)
  FROM visits
  WHERE shops AND draw(script, 'round 0 2') < 0.93
),
other_steps AS (
  SELECT script, unnest([
    {part: 0, event: 'button_click', chance: 0.9},
    {part: 1, event: 'video_play', chance: 0.4},
    {part: 2, event: 'video_pause', chance: 0.25},
    {part: 3, event: 'form_submit', chance: 0.5},
    {part: 4, event: 'button_click', chance: 0.5},
    {part: 5, event: 'share', chance: 0.1}
  ], recursive := true)
  FROM visits
  WHERE NOT shops
)
SELECT script, 0 AS part, 'sign_in' AS event, true AS happens FROM visits
UNION ALL
SELECT script, 1, 'sign_up', draw(script, 'signs up') < 0.04 FROM visits
UNION ALL
SELECT script, 100 + 10 * round + part, event, draw(script, 'round ' || round || ' ' || group_of) < chance FROM round_steps
UNION ALL
-- One draw for the whole cart: each step implies all earlier ones.
SELECT script, 200 + part, event, draw(script, 'cart') < chance FROM cart_steps
UNION ALL
SELECT script, 300 + part, event, draw(script, 'other ' || CASE WHEN part = 2 THEN 1 ELSE part END) < chance FROM other_steps
UNION ALL
SELECT script, 400, 'form_submit', draw(script, 'form') < 0.08 FROM visits
UNION ALL
SELECT script, 500, 'sign_out', draw(script, 'signs out') < 0.35 FROM visits;

-- The details of an event: their number of keys, and the number of variants.
CREATE OR REPLACE TEMP TABLE detail_kinds AS
SELECT unnest([
  {event: 'page_view', kind: 0, keys: 1, by_item: false},
  {event: 'button_click', kind: 1, keys: 1, by_item: false},
  {event: 'form_submit', kind: 2, keys: 1, by_item: false},
  {event: 'video_play', kind: 3, keys: 1, by_item: true},
  {event: 'video_pause', kind: 3, keys: 1, by_item: true},
  {event: 'add_to_cart', kind: 4, keys: 3, by_item: true},
  {event: 'remove_from_cart', kind: 5, keys: 1, by_item: true},
  {event: 'checkout', kind: 6, keys: 2, by_item: true},
  {event: 'purchase', kind: 7, keys: 3, by_item: true},
  {event: 'sign_up', kind: 8, keys: 0, by_item: false},
  {event: 'sign_in', kind: 8, keys: 0, by_item: false},
  {event: 'sign_out', kind: 8, keys: 0, by_item: false},
  {event: 'search', kind: 9, keys: 1, by_item: false},
  {event: 'filter_apply', kind: 10, keys: 2, by_item: false},
  {event: 'share', kind: 11, keys: 1, by_item: false}
], recursive := true);

-- The steps of all scripts in sequence, repeated, so that a block of 10,000 rows can start at any of them.
CREATE OR REPLACE TEMP TABLE script_steps AS
WITH repeated AS (
  -- A weight of 2 lets a step happen twice, one of 0.5 in every other script.
  SELECT script, part, event, unnest(range(floor(
    weight_of(event) + draw(script, 'weight ' || part))::BIGINT)) AS turn
  FROM drafts
  WHERE happens
),
ordered AS (
  SELECT
    script, event,
    row_number() OVER (PARTITION BY script ORDER BY part, turn) - 1 AS step,
    CASE WHEN part IN (201) THEN 1 ELSE 0 END AS item
  FROM repeated
),
timed AS (
  SELECT *,
    CASE WHEN step = 0 THEN 0 ELSE (4_000 + 110_000 * draw(xor(script * 4096, step::UBIGINT), 'gap') ** 2)::BIGINT END AS gap
  FROM ordered
),
spread AS (
  SELECT *, sum(gap) OVER (PARTITION BY script ORDER BY step) AS elapsed, sum(gap) OVER (PARTITION BY script) AS total
  FROM timed
),
once AS (
  SELECT
    row_number() OVER (ORDER BY script, step) - 1 AS slot,
    count(*) OVER () AS slots,
    script,
    step,
    event,
    -- Ends within half a day, however much weights have made of it.
    (elapsed * least(1.0, 40_000_000 / greatest(total, 1)))::BIGINT AS elapsed,
    kind * 1024 AS detail_base,
    -- What belongs to one thing has one number, so that it is the same thing; else each step its own.
    CASE WHEN by_item THEN 1000 + item ELSE step END AS detail_number,
    -- Which keys of the session come with it: 1, 2 or 4 of them, two to five with those of the event.
    CASE
      WHEN keys = 0 THEN 2
      WHEN keys >= 2 THEN (draw(xor(script * 4096, step::UBIGINT), 'context') < 0.5)::INTEGER
      ELSE floor(3 * draw(xor(script * 4096, step::UBIGINT), 'context'))::INTEGER
    END AS context
  FROM spread
  JOIN detail_kinds USING (event)
)
SELECT
  (slot + turn * slots)::BIGINT AS slot,
  turn,
  script::BIGINT + turn * 2048 AS script,
  event AS event_name,
  step::BIGINT AS step,
  elapsed,
  detail_base::UBIGINT AS detail_base,
  detail_number::UBIGINT AS detail_number,
  context
FROM (SELECT *, unnest(range(2 + 10_000 // slots)) AS turn FROM once)
ORDER BY slot;

-- Scripts that still have steps after weighting, renumbered.
CREATE OR REPLACE TEMP TABLE scripts AS
SELECT
  row_number() OVER (ORDER BY min(slot)) - 1 AS number,
  min(slot) AS first_slot,
  count(*) AS steps,
  max(elapsed) AS lasts
FROM script_steps
GROUP BY script, turn
ORDER BY number;

-- The number of the script that a slot belongs to.
CREATE OR REPLACE TEMP TABLE script_of_slot AS
SELECT slot, number
FROM (SELECT first_slot, number, unnest(range(first_slot, first_slot + steps)) AS slot FROM scripts)
ORDER BY slot;

SET VARIABLE script_count = (SELECT count(DISTINCT script) FROM script_steps WHERE turn = 0);

-- The hour in which a session starts: slots by weight, on work days and at weekends.
CREATE OR REPLACE TEMP TABLE hours AS
WITH curves AS (
  SELECT 0 AS curve, [3, 2, 1, 1, 1, 3, 8, 18, 40, 62, 70, 68, 52, 58, 68, 66, 60, 50, 42, 40, 38, 30, 18, 8] AS weights
  UNION ALL
  SELECT 1, [8, 5, 3, 2, 1, 2, 4, 8, 16, 30, 42, 48, 46, 44, 44, 44, 46, 50, 56, 62, 64, 54, 34, 18]
),
bounds AS (
  SELECT curve, hour, sum(weight) OVER (PARTITION BY curve ORDER BY hour) AS upper, weight,
    sum(weight) OVER (PARTITION BY curve) AS total
  FROM (SELECT curve, unnest(weights) AS weight, unnest(range(24)) AS hour FROM curves)
)
SELECT (curve * 1024 + slot)::UBIGINT AS slot, hour * 3_600_000 AS begins
FROM range(1024) AS slots(slot)
JOIN bounds ON (slot + 0.5) / 1024 * total > upper - weight AND (slot + 0.5) / 1024 * total <= upper
ORDER BY slot;

CREATE OR REPLACE TEMP TABLE devices AS
WITH kinds AS (
  SELECT unnest([
    {share: 30, platform: 'web', browser: 'Chrome', device: 'desktop'},
    {share: 8, platform: 'web', browser: 'Firefox', device: 'desktop'},
    {share: 9, platform: 'web', browser: 'Edge', device: 'desktop'},
    {share: 7, platform: 'web', browser: 'Safari', device: 'desktop'},
    {share: 2, platform: 'web', browser: 'Opera', device: 'desktop'},
    {share: 4, platform: 'desktop', browser: 'Edge', device: 'desktop'},
    {share: 14, platform: 'ios', browser: 'Safari', device: 'mobile'},
    {share: 4, platform: 'ios', browser: 'Safari', device: 'tablet'},
    {share: 18, platform: 'android', browser: 'Chrome', device: 'mobile'},
    {share: 2, platform: 'android', browser: 'Firefox', device: 'mobile'},
    {share: 2, platform: 'android', browser: 'Chrome', device: 'tablet'}
  ], recursive := true)
)
SELECT
  (row_number() OVER (ORDER BY platform, browser, device, turn) - 1)::UBIGINT AS slot,
  ',"platform":"' || platform || '"' AS one_key,
  ',"platform":"' || platform || '","browser":"' || browser || '","device_type":"' || device || '"' AS three_keys
FROM (SELECT *, unnest(range(share)) AS turn FROM kinds)
ORDER BY slot;

-- The end of `properties`, after the keys of the session: 1,024 variants of each kind.
CREATE OR REPLACE TEMP TABLE details AS
WITH variants AS (
  SELECT variant::UBIGINT AS variant, floor(5000 * draw(variant::UBIGINT, 'product') ** 2)::UBIGINT AS product
  FROM range(1024) AS variants(variant)
),
parts AS (
  SELECT
    variant,
    product,
    ',"product_id":"product-' || 1000 + product || '"' AS product_id,
    -- A product always costs the same and belongs to the same category.
    ',"price":' || (200 + floor(49_700 * draw(product, 'price') ** 3))::DECIMAL(9, 0) * 0.01 AS price,
    ',"category":"' || pick(
      ['books', 'electronics', 'clothing', 'home', 'toys', 'garden', 'sports', 'beauty', 'food', 'music'],
      10, column_hash(product, 'category')) || '"' AS category,
    ',"quantity":' || 1 + floor(10 * draw(variant, 'quantity') ** 4)::INTEGER AS quantity,
    pick(['home', 'pricing', 'products', 'products', 'products', 'docs', 'blog', 'account', 'cart', 'help'],
      10, column_hash(variant, 'page')) AS page
  FROM variants
)
SELECT (kind * 1024 + variant)::UBIGINT AS slot, CASE kind
  WHEN 0 THEN ',"page_url":"/' || page || '/' || floor(500 * draw(variant, 'page_url') ** 2)::INTEGER || '"'
  WHEN 1 THEN ',"button_id":"' || pick(
    ['save', 'buy', 'next', 'back', 'close', 'share', 'menu', 'help', 'add', 'remove'],
    10, column_hash(variant, 'button')) || '-button-' || column_hash(variant, 'button_id') % 20 || '"'
  WHEN 2 THEN ',"form_id":"' || pick(
    ['contact', 'payment', 'survey', 'feedback', 'newsletter', 'profile'],
    6, column_hash(variant, 'form')) || '-form-' || column_hash(variant, 'form_id') % 10 || '"'
  WHEN 3 THEN ',"video_id":"video-' || 1000 + floor(1000 * draw(variant, 'video_id') ** 2)::INTEGER || '"'
  WHEN 4 THEN product_id || category || price
  WHEN 5 THEN product_id
  WHEN 6 THEN price || quantity
  WHEN 7 THEN product_id || price || quantity
  WHEN 8 THEN ''
  WHEN 9 THEN ',"search_term":"' || pick(
    ['red', 'blue', 'cheap', 'new', 'used', 'best', 'large', 'small'], 8, column_hash(variant, 'adjective')) || ' ' || pick(
    ['shoes', 'laptop', 'phone', 'chair', 'lamp', 'jacket', 'bike', 'tent', 'headphones', 'watch'],
    10, column_hash(variant, 'search_term')) || '"'
  WHEN 10 THEN category || ',"filter_type":"' || pick(
    ['price', 'brand', 'color', 'size', 'rating', 'availability'], 6, column_hash(variant, 'filter_type')) || '"'
  WHEN 11 THEN ',"page_url":"/products/' || product || '"'
  END || '}' AS detail
FROM parts, range(12) AS kinds(kind)
ORDER BY slot;

-- Teams occupy seats, ordered by size: seat k is 1/k as large as the first. Every other seat
-- changes once: its team leaves, and some weeks later another one signs up. Two thirds of the teams are first,
-- one third second. Users have seats in the same way, one row of seats per team.
SET VARIABLE team_seats = greatest(1, (2 * getvariable('teams')) // 3);
SET VARIABLE user_seats = greatest(1, (2 * getvariable('users')) // 3);
-- The largest teams never leave.
SET VARIABLE founders = 1 + getvariable('team_seats') // 50;

-- Multiplies ids into another order; it is coprime to their number, so that none occurs twice.
CREATE OR REPLACE TEMP MACRO stride_of(count) AS (
  SELECT min(stride) FROM range((count * 0.618)::BIGINT + 1, (count * 0.618)::BIGINT + 1000) AS strides(stride)
  WHERE gcd(stride, count) = 1
);
SET VARIABLE user_stride = (SELECT stride_of(getvariable('users')));
SET VARIABLE team_stride = (SELECT stride_of(getvariable('teams')));
