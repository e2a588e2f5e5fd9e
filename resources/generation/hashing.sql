-- name: hashing
-- purpose: how values are drawn
-- needs: the variable `seed`
-- gives: the macros column_hash, draw, pick, weight_of
-- run by: each generator process once, first. To generate events in any DuckDB client: SET VARIABLE as the files
--   require, then run hashing.sql, the profile's lookups, create a table `blocks`, and run the profile.
--
-- Nothing is drawn with random(): a value is a hash of the seed, the number of its row and the name of its column, so
-- that every process makes the same rows from the same seed, and columns are independent.

-- 64 bits for one value. `row_number` is a UBIGINT, `column_name` a constant.
CREATE OR REPLACE TEMP MACRO column_hash(row_number, column_name) AS
  hash(xor(row_number, hash(getvariable('seed')::UBIGINT, column_name)));

-- One of a list's items, all equally likely. `count` is their number: len(items) would be computed per row.
CREATE OR REPLACE TEMP MACRO pick(items, count, bits) AS items[1 + (bits % count)::BIGINT];

-- A number from 0 to 1 for one value.
CREATE OR REPLACE TEMP MACRO draw(row_number, column_name) AS
  (column_hash(row_number, column_name) >> 11)::DOUBLE / 9007199254740992;

-- The weight of an event, relative to the default.
CREATE OR REPLACE TEMP MACRO weight_of(event_name) AS coalesce(getvariable('weights')[event_name], 1.0);
