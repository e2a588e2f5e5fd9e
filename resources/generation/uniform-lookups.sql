-- name: uniform-lookups
-- purpose: the parts of the events of the profile "uniform": event names, and prepared pieces of JSON
-- needs: hashing.sql; the variables `seed` and `weights` (a MAP of event names to weights)
-- gives: the tables event_names, key_counts, first_halves, second_halves
-- run by: each generator process once, before its first day

-- Slots are assigned by weight; 256 for each of the fifteen names if all weights are equal.
CREATE OR REPLACE TEMP TABLE event_names AS
WITH names AS (
  SELECT unnest(['page_view', 'button_click', 'form_submit', 'video_play', 'video_pause', 'add_to_cart',
                 'remove_from_cart', 'checkout', 'purchase', 'sign_up', 'sign_in', 'sign_out', 'search',
                 'filter_apply', 'share']) AS event_name,
         unnest(range(15)) AS place
),
bounds AS (
  SELECT event_name, sum(weight_of(event_name)) OVER (ORDER BY place) AS upper, weight_of(event_name) AS weight FROM names
)
SELECT slot::UBIGINT AS slot, event_name
FROM range(3840) AS slots(slot), (SELECT max(upper) AS total FROM bounds)
JOIN bounds ON (slot + 0.5) / 3840 * total > upper - weight AND (slot + 0.5) / 3840 * total <= upper
ORDER BY slot;

-- How `properties` are made: rendering two to five values for every row would cost more than everything else, so
-- they are rendered once, into two pools of half objects, and a row joins one of each. The first half may hold the first
-- seven keys, the second half the other seven. `variants` is the number of halves for each number of keys;
-- a multiple of 105, so that each of the 7, 21, 35, 35 and 21 sets of one to five keys of seven gets its equal share.
SET VARIABLE variants = 1050;

-- The number of a row's keys in each half. The number of keys is 2, 3, 4 or 5, equally likely; the keys are any set of
-- that many of the 14, equally likely. C(7,a) * C(7,b) of the C(14,a+b) sets have a keys in one half and b in the other;
-- 4,004 is the least number that all of C(14,2) to C(14,5) divide, so 4 * 4,004 slots give every chance exactly.
CREATE OR REPLACE TEMP TABLE key_counts AS
WITH sets_of_seven AS (
  SELECT keys, [1, 7, 21, 35, 35, 21][1 + keys] AS sets FROM range(6) AS counts(keys)
),
splits AS (
  SELECT
    a.keys AS first_keys,
    b.keys AS second_keys,
    a.sets * b.sets * 4004 // [91, 364, 1001, 2002][a.keys + b.keys - 1] AS slots
  FROM sets_of_seven AS a, sets_of_seven AS b
  WHERE a.keys + b.keys BETWEEN 2 AND 5
),
expanded AS (
  SELECT first_keys, second_keys, unnest(range(slots)) FROM splits
)
SELECT
  (row_number() OVER (ORDER BY first_keys, second_keys) - 1)::UBIGINT AS slot,
  -- Where the halves with that many keys begin. First halves exist twice: with a comma at the end, and without one
  -- (6 counts further on) for rows whose second half is empty.
  (CASE WHEN second_keys = 0 THEN 6 + first_keys ELSE first_keys END * getvariable('variants'))::UBIGINT AS first_base,
  (second_keys * getvariable('variants'))::UBIGINT AS second_base
FROM expanded
ORDER BY slot;

-- The keys of each half, of seven: bit i of `mask` is set if it has key i. The sets of a count take turns.
CREATE OR REPLACE TEMP TABLE halves AS
WITH masks AS (
  SELECT
    bit_count(mask::INTEGER) AS keys,
    mask,
    row_number() OVER (PARTITION BY bit_count(mask::INTEGER) ORDER BY mask) - 1 AS turn
  FROM range(128) AS masks(mask)
)
SELECT
  keys,
  (keys * getvariable('variants') + variant)::UBIGINT AS slot,
  mask
FROM range(getvariable('variants')) AS variants(variant)
JOIN masks ON turn = variant % [1, 7, 21, 35, 35, 21][1 + keys]
WHERE keys <= 5
ORDER BY slot;

CREATE OR REPLACE TEMP TABLE first_halves AS
WITH rendered AS (
  SELECT
    keys,
    slot,
    '{' || concat_ws(',',
      CASE WHEN mask & 1 > 0 THEN '"page_url":"/' || pick(
        ['home', 'pricing', 'products', 'docs', 'blog', 'account', 'cart', 'checkout', 'help', 'careers'],
        10, column_hash(slot, 'page')) || '/' || column_hash(slot, 'page_url') % 500 || '"' END,
      CASE WHEN mask & 2 > 0 THEN '"button_id":"' || pick(
        ['save', 'buy', 'next', 'back', 'close', 'share', 'menu', 'help', 'add', 'remove'],
        10, column_hash(slot, 'button')) || '-button-' || column_hash(slot, 'button_id') % 20 || '"' END,
      CASE WHEN mask & 4 > 0 THEN '"form_id":"' || pick(
        ['login', 'contact', 'signup', 'payment', 'survey', 'feedback', 'newsletter', 'profile'],
        8, column_hash(slot, 'form')) || '-form-' || column_hash(slot, 'form_id') % 10 || '"' END,
      CASE WHEN mask & 8 > 0 THEN '"video_id":"video-' || 1000 + column_hash(slot, 'video_id') % 1000 || '"' END,
      CASE WHEN mask & 16 > 0 THEN '"product_id":"product-' || 1000 + column_hash(slot, 'product_id') % 5000 || '"' END,
      CASE WHEN mask & 32 > 0 THEN '"category":"' || pick(
        ['books', 'electronics', 'clothing', 'home', 'toys', 'garden', 'sports', 'beauty', 'food', 'music'],
        10, column_hash(slot, 'category')) || '"' END,
      CASE WHEN mask & 64 > 0 THEN '"price":' || (100 + column_hash(slot, 'price') % 49900)::DECIMAL(9, 0) * 0.01 END
    ) AS half
  FROM halves
)
SELECT slot, CASE WHEN keys > 0 THEN half || ',' ELSE half END AS first_half FROM rendered
UNION ALL
SELECT 6 * getvariable('variants')::UBIGINT + slot, half FROM rendered WHERE keys >= 2
ORDER BY slot;

CREATE OR REPLACE TEMP TABLE second_halves AS
SELECT
  slot,
  concat_ws(',',
    CASE WHEN mask & 1 > 0 THEN '"quantity":' || 1 + column_hash(slot, 'quantity') % 10 END,
    CASE WHEN mask & 2 > 0 THEN '"search_term":"' || pick(
      ['red', 'blue', 'cheap', 'new', 'used', 'best', 'large', 'small'], 8, column_hash(slot, 'adjective')) || ' ' || pick(
      ['shoes', 'laptop', 'phone', 'chair', 'lamp', 'jacket', 'bike', 'tent', 'headphones', 'watch'],
      10, column_hash(slot, 'search_term')) || '"' END,
    CASE WHEN mask & 4 > 0 THEN '"filter_type":"' || pick(
      ['price', 'brand', 'color', 'size', 'rating', 'availability'], 6, column_hash(slot, 'filter_type')) || '"' END,
    CASE WHEN mask & 8 > 0 THEN '"platform":"' || pick(
      ['web', 'ios', 'android', 'desktop'], 4, column_hash(slot, 'platform')) || '"' END,
    CASE WHEN mask & 16 > 0 THEN '"browser":"' || pick(
      ['Chrome', 'Firefox', 'Safari', 'Edge', 'Opera'], 5, column_hash(slot, 'browser')) || '"' END,
    CASE WHEN mask & 32 > 0 THEN '"device_type":"' || pick(
      ['desktop', 'mobile', 'tablet'], 3, column_hash(slot, 'device_type')) || '"' END,
    CASE WHEN mask & 64 > 0 THEN '"session_id":"' || lower(to_hex(column_hash(slot, 'session_id'))) || '"' END
  ) || '}' AS second_half
FROM halves
ORDER BY slot;
