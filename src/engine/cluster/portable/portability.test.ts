import { describe, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/temporary-workspace';
import { loadChecks } from '../../models/check-file';
import { loadModels } from '../../models/models';
import { portabilityProblems, trinoTextOf } from './portability';

const reasons = (sql: string) => portabilityProblems(sql).map(({ line, reason }) => `${line}: ${reason}`);

describe('SQL that both engines read alike', () => {
  test.each([
    'SELECT week, COUNT(*) FILTER (WHERE a AND b) AS n FROM silver_events GROUP BY 1 ORDER BY 1',
    'SELECT ROUND(CAST(a AS DOUBLE) / NULLIF(b, 0), 4) AS share FROM x',
    'SELECT a / CAST(COUNT(*) AS DOUBLE) FROM x GROUP BY a',
    "SELECT CAST(date_trunc('week', date) AS DATE) AS week, CAST(SUM(n) AS BIGINT) FROM x GROUP BY 1",
    'SELECT CAST(event_time AS TIMESTAMP(6)), EXTRACT(year FROM event_time) FROM x',
    '-- GROUP BY ALL, a::int\nSELECT \'GROUP BY ALL // [1]\' AS text, "a::b" FROM x /* FROM x; */',
    "SELECT a || 'x', b FROM x WHERE a <> 'y' AND b != 2 AND a IS DISTINCT FROM b AND c LIKE 'z%'",
    'WITH a AS (SELECT 1 AS n) SELECT n FROM a UNION ALL SELECT n + 1 FROM a',
    'SELECT sample, offset FROM x',
    'SELECT * FROM (SELECT (a + b) FROM x) AS y',
    'SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC) AS place FROM x',
  ])('%s', (sql) => {
    expect(reasons(sql)).toEqual([]);
  });
});

describe('SQL that may differ is refused with line and reason', () => {
  test.each([
    [
      'SELECT a,\ncount(*) FROM x\nGROUP BY ALL',
      '3: GROUP BY ALL exists only in DuckDB; name the columns or their numbers',
    ],
    ['SELECT a FROM x ORDER BY ALL', '1: ORDER BY ALL exists only in DuckDB; name the columns or their numbers'],
    ['SELECT a / b FROM x', '1: integers divide to an integer in Trino; write CAST(... AS DOUBLE) / ...'],
    [
      'SELECT (a + CAST(b AS DOUBLE)) / c FROM x',
      '1: integers divide to an integer in Trino; write CAST(... AS DOUBLE) / ...',
    ],
    ['SELECT a // b FROM x', '1: // divides integers only in DuckDB'],
    ['SELECT CAST(a AS TIMESTAMP) FROM x', '1: TIMESTAMP has milliseconds in Trino; write TIMESTAMP(6)'],
    ['SELECT CAST(a AS TIMESTAMP(3)) FROM x', '1: TIMESTAMP has milliseconds in Trino; write TIMESTAMP(6)'],
    ['SELECT CAST(a AS INTEGER) FROM x', '1: a fraction that is cast to INTEGER is rounded differently in Trino'],
    ['SELECT CAST(a AS VARCHAR) FROM x', '1: numbers and times have another form as text in Trino'],
    ['SELECT CAST(a AS HUGEINT) FROM x', '1: the type hugeint may differ or not exist in Trino'],
    [
      "SELECT date_diff('month', a, b) FROM x",
      '1: date_diff counts the boundaries between two times in DuckDB and complete units in Trino',
    ],
    ["SELECT date_trunc('decade', a) FROM x", '1: date_trunc of decade may differ in Trino'],
    ['SELECT EXTRACT(dow FROM a) FROM x', '1: extract of dow may differ in Trino'],
    ['FROM x', '1: FROM without SELECT exists only in DuckDB'],
    ['SELECT a FROM (FROM x)', '1: FROM without SELECT exists only in DuckDB'],
    ['WITH a AS (SELECT 1) FROM a', '1: FROM without SELECT exists only in DuckDB'],
    ['SELECT count(*) FILTER (a > 1) FROM x', '1: FILTER needs WHERE in Trino: FILTER (WHERE ...)'],
    ['SELECT a FROM x QUALIFY row_number() OVER () = 1', "1: QUALIFY doesn't exist in Trino or means another thing"],
    ['SELECT * EXCLUDE (a) FROM x', "1: * EXCLUDE doesn't exist in Trino or means another thing"],
    ['SELECT * REPLACE (1 AS a) FROM x', "1: * REPLACE doesn't exist in Trino"],
    ['SELECT DISTINCT ON (a) a FROM x', "1: DISTINCT ON doesn't exist in Trino"],
    ['SELECT COLUMNS(*) FROM x', "1: COLUMNS(...) doesn't exist in Trino"],
    ['SELECT a FROM x USING SAMPLE 10', "1: USING SAMPLE doesn't exist in Trino or means another thing"],
    ["SELECT a FROM x WHERE a ILIKE 'b'", "1: ILIKE doesn't exist in Trino or means another thing"],
    ['SELECT a::DATE FROM x', '1: :: casts only in DuckDB; write CAST(... AS ...)'],
    ["SELECT a ->> '$.b' FROM x", '1: -> reads JSON or starts a lambda in DuckDB, and another thing in Trino'],
    ['SELECT [1, 2] AS a', '1: [ ] makes lists in DuckDB; Trino writes ARRAY[...], and its lists have other functions'],
    ["SELECT {'a': 1} AS b", '1: { } makes structs only in DuckDB'],
    ['SELECT list_sum(a) FROM x', '1: list_sum() may differ or not exist in Trino'],
    ['SELECT "list_sum"(a) FROM x', '1: "list_sum"() may differ or not exist in Trino'],
    ["SELECT concat(a, 'b') FROM x", '1: concat skips NULL in DuckDB and returns NULL in Trino; write ||'],
    ["SELECT a + INTERVAL '1' DAY FROM x", '1: a DATE plus an INTERVAL is a TIMESTAMP in DuckDB and a DATE in Trino'],
    ["SELECT e'a\\n' FROM x", "1: e'...' and $$...$$ are texts only in DuckDB"],
    ['SELECT a ** 2 FROM x', '1: ** exists only in DuckDB'],
    ['SELECT a ^ 2 FROM x', "1: ^ isn't an operator of both engines"],
    ['SELECT a == b FROM x', "1: == isn't an operator of both engines"],
  ])('%s', (sql, reason) => {
    expect(reasons(sql)).toContain(reason);
  });
});

test('each shipped model and check has a text for Trino', async () => {
  const all = [...(await loadModels(modelsFolder)), ...(await loadChecks(modelsFolder))];
  const without = all.filter((model) => !trinoTextOf(model).portable).map(({ name }) => name);
  expect(without).toEqual([]);
  const withOwn = all.filter(({ trinoSql }) => trinoSql !== null).map(({ name }) => name);
  expect(withOwn).toEqual([
    'bronze_events',
    'silver_purchases',
    'gold_team_retention',
    'no_missing_day',
    'properties_valid',
    'rows_reconcile',
  ]);
  // A second text is only kept where one doesn't do.
  for (const model of all.filter(({ trinoSql }) => trinoSql !== null)) {
    expect(portabilityProblems(model.sql)).not.toEqual([]);
  }
});

test('parameters have their defaults, and one without a value is refused', () => {
  expect(portabilityProblems('SELECT a FROM x WHERE a = $n', [{ name: 'n', constant: '7' }])).toEqual([]);
  expect(reasons('SELECT a FROM x\nWHERE a = $n')).toEqual(['2: $n has no value in the header']);
});
