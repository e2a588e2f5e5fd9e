import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqlText } from '../../../format/sql-name';
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
  const present = [
    { name: 'n', type: 'BIGINT' },
    { name: 'properties', type: 'VARCHAR' },
  ];
  const columns = [
    { path: ['url'], type: 'VARCHAR' },
    { path: ['page', 'url'], type: 'VARCHAR' },
    { path: ['n'], type: 'BIGINT' },
    { path: ['tags'], type: 'JSON' },
  ] as const;
  expect(extractedColumnsSql('SELECT * FROM t', 1, columns, present)).toBe(
    `SELECT *,
  TRY_CAST("properties" AS JSON) ->> '$.url' AS "url",
  TRY_CAST("properties" AS JSON) ->> '$.page.url' AS "url_2",
  TRY_CAST(regexp_extract(TRY_CAST("properties" AS JSON) ->> '$.n', '^-?[0-9]+(\\.0+)?$') AS BIGINT) AS "n_2",
  TRY_CAST("properties" AS JSON) -> '$.tags' AS "tags"
FROM (
SELECT * FROM t
)`,
  );
  expect(
    extractedColumnsSql('FROM t', 0, [{ path: ['a'], type: 'BIGINT' }], [{ name: 's', type: 'STRUCT(a INTEGER)' }]),
  ).toContain(`to_json("s") ->> '$.a'`);
});

describe('with a real DuckDB', () => {
  const rowOf = async (sql: string) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    onTestFinished(() => {
      connection.closeSync();
      instance.closeSync();
    });
    return (await connection.runAndReadAll(sql)).getRowsJS()[0];
  };
  const text = (path: string[]) => [{ path, type: 'VARCHAR' }] as const;
  const json = (name: string) => ({ name, type: 'VARCHAR' });

  it.each([
    ['BIGINT', ['4', '2.5', '"7"', '3.0', '"x"', 'null', '-1'], [4n, null, 7n, 3n, null, null, -1n]],
    ['DOUBLE', ['4', '2.5', '"x"'], [4, 2.5, null]],
    ['BOOLEAN', ['true', '"x"', 'false'], [true, null, false]],
  ] as const)('a value of another type than %s becomes NULL, never another value', async (type, values, expected) => {
    for (const [index, value] of values.entries()) {
      const statement = `SELECT ${sqlText(`{"a": ${value}}`)} AS j`;
      const row = await rowOf(extractedColumnsSql(statement, 0, [{ path: ['a'], type }], [json('j')]));
      expect(row?.[1], value).toBe(expected[index]);
    }
  });

  it('a timestamp is no date: its time would be lost', async () => {
    const statement = `SELECT '{"a": "2025-01-02", "b": "2025-01-02 10:00:00"}' AS j`;
    const columns = [
      { path: ['a'], type: 'DATE' },
      { path: ['b'], type: 'DATE' },
    ] as const;
    const row = await rowOf(
      `SELECT "a"::VARCHAR, "b" FROM (${extractedColumnsSql(statement, 0, columns, [json('j')])})`,
    );
    expect(row).toEqual(['2025-01-02', null]);
  });

  it('keys with points, quotes, stars, slashes and of any script, and the empty key', async () => {
    for (const key of ['a.b', 'a"b', "it's", '*', 'a/b~c', 'Ünï 🙂', '', '0', '$', 'a\\b', 'a\nb', 'a\0b']) {
      const statement = `SELECT ${sqlText(JSON.stringify({ [key]: 'found' }))} AS j`;
      const row = await rowOf(extractedColumnsSql(statement, 0, text([key]), [json('j')]));
      // DuckDB's own JSON functions end a key at a NUL.
      if (key !== 'a\0b') expect(row?.[1], key).toBe('found');
    }
  });

  it('the column that is meant, if several share its name or it has none', async () => {
    const statement = `SELECT '{"k": "first"}' AS a, '{"k": "second"}' AS A, '{"k": "third"}' AS " "`;
    const present = [json('a'), json('A'), json(' ')];
    for (const [place, found] of ['first', 'second', 'third'].entries()) {
      expect((await rowOf(extractedColumnsSql(statement, place, text(['k']), present)))?.[3]).toBe(found);
    }
  });
});
