import { describe, expect, it } from 'vitest';
import { embeddable, overStatement } from './statement-sql';

const counted = 'SELECT count(*) FROM result t';

it('goes before the query that reads from it', () => {
  expect(overStatement('SELECT 1 AS n', counted)).toBe(`WITH result AS (\nSELECT 1 AS n\n)\n${counted}`);
  expect(overStatement('SELECT 1 AS n', `WITH x AS (${counted}) FROM x`)).toBe(
    `WITH result AS (\nSELECT 1 AS n\n), x AS (${counted}) FROM x`,
  );
});

describe('a statement inside another', () => {
  it.each([
    ['SELECT 1 AS n; -- done', 'SELECT 1 AS n'],
    ['-- first\nSELECT 1 AS n -- n\n;\n', 'SELECT 1 AS n'],
    ["SELECT ';--' AS n /* ; */ ;", "SELECT ';--' AS n"],
    ['(SELECT 1 AS n) UNION ALL (SELECT 2)', '(SELECT 1 AS n) UNION ALL (SELECT 2)'],
    ['from silver_events', 'from silver_events'],
    ['SHOW TABLES;', 'SELECT * FROM (SHOW TABLES)'],
    ['describe silver_events', 'SELECT * FROM (describe silver_events)'],
    ['SUMMARIZE silver_events', 'SELECT * FROM (SUMMARIZE silver_events)'],
  ])('is %j without its end', (statement, inner) => {
    expect(embeddable(statement)).toBe(inner);
  });

  it.each([
    'EXPLAIN SELECT 1',
    'PRAGMA table_info(silver_events)',
    'CALL duckdb_functions()',
    'INSERT INTO t VALUES (1) RETURNING *',
    '',
  ])('can not be %j', (statement) => {
    expect(embeddable(statement)).toBeNull();
  });
});
