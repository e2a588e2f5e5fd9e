import { expect, test } from 'vitest';
import { splitStatements, withStatement } from './sql-text';

test.each([
  ['', 'SELECT 2', 'SELECT 2'],
  ['  \n', 'SELECT 2', 'SELECT 2'],
  ['SELECT 1', 'SELECT 2', 'SELECT 1;\n\nSELECT 2'],
  ['SELECT 1 ; \n', 'SELECT 2', 'SELECT 1 ;\n\nSELECT 2'],
  ['SELECT 1 -- a; comment\n', 'SELECT 2', 'SELECT 1; -- a; comment\n\nSELECT 2'],
  ["SELECT ';'", 'SELECT 2', "SELECT ';';\n\nSELECT 2"],
  ['-- nothing yet', 'SELECT 2', '-- nothing yet\n\nSELECT 2'],
])('after %j, a statement is one of its own', (before, sql, expected) => {
  const { text, added } = withStatement(before, sql);
  expect(text).toBe(expected);
  expect(text.slice(added.from, added.to)).toBe(sql);
  expect(splitStatements(text).at(-1)).toEqual(added);
});
