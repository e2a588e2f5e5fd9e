import { expect, test } from 'vitest';
import { readOnlyStatement } from './read-only-statement';

test.each([
  ['SELECT 1', 'SELECT'],
  [' /* DROP */ -- DELETE\r\n select 1 ; -- end', 'SELECT'],
  ['((VALUES 1))', 'SELECT'],
  ['WITH x AS (SELECT 1) SELECT * FROM x', 'WITH'],
  ['WITH FUNCTION f(x int) RETURNS int RETURN x + 1 SELECT f(1)', 'WITH'],
  ['TABLE t', 'TABLE'],
  ['SHOW CREATE TABLE t', 'SHOW'],
  ['DESC t', 'DESC'],
  ['EXPLAIN DELETE FROM t', 'EXPLAIN'],
  ['EXPLAIN (TYPE IO, FORMAT JSON) INSERT INTO t SELECT 1', 'EXPLAIN'],
  ['EXPLAIN ANALYZE VERBOSE SELECT 1', 'EXPLAIN'],
  ["SELECT ';', \";\", 'it''s' /* ; */", 'SELECT'],
  ['SELECT * FROM TABLE(sequence(1, 3))', 'SELECT'],
  ['SELECT * FROM TABLE(exclude_columns(input => TABLE(orders), columns => DESCRIPTOR(a)))', 'SELECT'],
])('runs: %s', (sql, kind) => {
  expect(readOnlyStatement(sql)).toMatchObject({ kind });
});

test('leaves out a semicolon at the end, which Trino refuses', () => {
  expect(readOnlyStatement('SELECT 1 ; -- end').sql).toBe('SELECT 1 ');
});

test.each([
  'INSERT INTO t SELECT 1',
  'insert into t table u',
  'CREATE TABLE t AS SELECT 1',
  'DELETE FROM t',
  'CALL system.sync()',
  "EXECUTE IMMEDIATE 'DROP TABLE t'",
  'PREPARE p FROM DELETE FROM t',
  'EXECUTE p',
  'SET SESSION a = 1',
  'USE a.b',
  'START TRANSACTION',
  'COMMIT',
  'GRANT SELECT ON t TO u',
  'ANALYZE t',
  'REFRESH MATERIALIZED VIEW v',
  'EXPLAIN ANALYZE INSERT INTO t SELECT 1',
  'EXPLAIN /* x */ ANALYZE -- y\nVERBOSE DELETE FROM t',
  'EXPLAIN ANALYZE EXPLAIN ANALYZE DELETE FROM t',
  '(DELETE FROM t)',
  '"SELECT" 1',
  // Comments don't nest: the statement is DROP.
  '/* /* */ DROP TABLE t --*/ SELECT 1',
  "SELECT * FROM TABLE(postgres.system.query(query => 'SELECT drop_all()'))",
  'SELECT * FROM TABLE ( "es" . system . "raw_query" (schema => \'s\'))',
])('refuses: %s', (sql) => {
  expect(() => readOnlyStatement(sql)).toThrow(expect.objectContaining({ code: 'CLUSTER_READ_ONLY' }));
});

test.each([
  ['', 1, 1],
  ['-- nothing', 1, 1],
  ['SELECT 1;\n DROP TABLE t', 2, 2],
  ["SELECT 'open", 1, 8],
  ['SELECT "open', 1, 8],
  ['SELECT\u00A01', 1, 7],
])('says where the mistake is: %j', (sql, line, column) => {
  expect(() => readOnlyStatement(sql)).toThrow(
    expect.objectContaining({
      code: 'CLUSTER_QUERY',
      details: expect.objectContaining({ position: { line, column } }),
    }),
  );
});
