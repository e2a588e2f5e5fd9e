import { describe, expect, it } from 'vitest';
import { endsInsideTrinoText, trinoStatementAt, trinoStatements } from './trino-words';

const textsOf = (sql: string) => trinoStatements(sql).map(({ from, to }) => sql.slice(from, to));

describe('the statements of a text', () => {
  it('are divided as Trino reads it', () => {
    expect(textsOf('SELECT \';\'; SELECT "a;b" -- ;\n;; /* ; */ SHOW TABLES')).toEqual([
      "SELECT ';'",
      'SELECT "a;b"',
      'SHOW TABLES',
    ]);
  });

  it('end with a comment where Trino ends it: comments in slashes do not nest', () => {
    expect(textsOf('SELECT /* /* */ 1; SELECT 2')).toEqual(['SELECT /* /* */ 1', 'SELECT 2']);
  });

  it('have no backslashes in their strings', () => {
    expect(textsOf(String.raw`SELECT e'\'; SELECT 2`)).toEqual([String.raw`SELECT e'\'`, 'SELECT 2']);
  });

  it('are found at the cursor, and between two of them the one before', () => {
    const sql = 'SELECT 1;\n\nSELECT 2;';
    expect([0, 10, 12, 20].map((position) => trinoStatementAt(sql, position)?.from)).toEqual([0, 0, 11, 11]);
    expect(trinoStatementAt('-- nothing', 3)).toBeNull();
  });
});

it('knows whether a text ends inside a string or a comment', () => {
  const inside = ["SELECT 'a", "SELECT 'a''", 'SELECT 1 -- a', 'SELECT /* a', "SELECT 'it''s', 'x"];
  const outside = ["SELECT 'a'", 'SELECT 1 -- a\n', 'SELECT /* a */ b', 'SELECT 1 - 2', 'SELECT 6 / 2 * 3', ''];
  expect(inside.filter((sql) => !endsInsideTrinoText(sql))).toEqual([]);
  expect(outside.filter((sql) => endsInsideTrinoText(sql))).toEqual([]);
});
