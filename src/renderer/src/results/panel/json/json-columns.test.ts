import { expect, it } from 'vitest';
import { extractedColumnsSql, jsonColumnType, jsonLeaves } from './json-columns';
import { readJsonText } from './json-text';

const leaves = (text: string) => {
  const value = readJsonText(text);
  return value ? jsonLeaves(value).map((leaf) => [leaf.path.join('.'), jsonColumnType(leaf.value)]) : [];
};

it('guesses the types of keys from their values', () => {
  const text = `{"n": 1, "share": 0.5, "ok": true, "day": "2025-01-31", "at": "2025-01-31T10:00:00Z", "said": "x",
    "none": null, "huge": 12345678901234567890, "page": {"url": "/", "n": 2}, "tags": [1]}`;
  expect(leaves(text)).toEqual([
    ['n', 'BIGINT'],
    ['share', 'DOUBLE'],
    ['ok', 'BOOLEAN'],
    ['day', 'DATE'],
    ['at', 'TIMESTAMP'],
    ['said', 'VARCHAR'],
    ['none', 'VARCHAR'],
    ['huge', 'DOUBLE'],
    ['page.url', 'VARCHAR'],
    ['page.n', 'BIGINT'],
  ]);
});

it('adds several columns at once, with names of their own', () => {
  const source = { name: 'properties', type: 'VARCHAR' };
  const columns = [
    { path: ['url'], type: 'VARCHAR' },
    { path: ['page', 'url'], type: 'VARCHAR' },
    { path: ['n'], type: 'BIGINT' },
    { path: ['tags'], type: 'JSON' },
  ] as const;
  expect(extractedColumnsSql('SELECT * FROM t', source, columns, ['n', 'properties'])).toBe(
    `SELECT *,
  TRY_CAST("properties" AS JSON) ->> '$.url' AS "url",
  TRY_CAST("properties" AS JSON) ->> '$.page.url' AS "url_2",
  TRY_CAST(TRY_CAST("properties" AS JSON) ->> '$.n' AS BIGINT) AS "n_2",
  TRY_CAST("properties" AS JSON) -> '$.tags' AS "tags"
FROM (
SELECT * FROM t
)`,
  );
  expect(
    extractedColumnsSql('FROM t', { name: 's', type: 'STRUCT(a INTEGER)' }, [{ path: ['a'], type: 'BIGINT' }], ['s']),
  ).toContain(`TRY_CAST(to_json("s") ->> '$.a' AS BIGINT) AS "a"`);
});
