import { expect, it } from 'vitest';
import { startsNewName } from './new-name';

it.each([
  ['SELECT count(*) AS ', true],
  ['SELECT count(*) as -- the number\n', true],
  ['SELECT * FROM (SELECT max(a) AS ', true],
  ['FROM silver_events AS ', true],
  ['SELECT CAST(a AS ', false],
  ['SELECT try_cast(lower(a) AS ', false],
  ['SELECT CAST(a AS INTEGER) AS ', true],
  ['CREATE TABLE t AS ', false],
  ['CREATE VIEW v(a) AS ', false],
  ['CREATE TABLE t AS SELECT (SELECT 1 AS ', true],
  ["SELECT 'AS ", false],
  ['SELECT a, ', false],
  ['', false],
])('%j: %s', (before, expected) => {
  expect(startsNewName(before)).toBe(expected);
});
