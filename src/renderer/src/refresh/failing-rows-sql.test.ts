import { expect, it } from 'vitest';
import { failingRows, failingRowsSql, failureOf } from './failing-rows-sql';

const sql =
  '-- name: user_is_known\n-- summary: Every event has a user.\nSELECT *\nFROM bronze_events\nWHERE user_id IS NULL;\n';

it('selects every row that fails, or those of one day', () => {
  expect(failingRowsSql(sql, null)).toBe('SELECT *\nFROM bronze_events\nWHERE user_id IS NULL');
  expect(failingRowsSql(sql, '2025-01-06')).toBe(
    "SELECT *\nFROM (\nSELECT *\nFROM bronze_events\nWHERE user_id IS NULL\n)\nWHERE date = DATE '2025-01-06'",
  );
});

it('selects them where the models of the check are, in the SQL of that engine', () => {
  const check = {
    sql,
    trinoSql: '-- on Trino\nSELECT * FROM bronze_events WHERE is_nan(1);',
    dependsOn: ['bronze_events'],
  };
  const model = { name: 'bronze_events', onCluster: { rows: 3, refreshId: 1, changedAt: null } };
  expect(failingRows(check, null, [model])).toEqual({
    on: 'cluster',
    sql: 'SELECT * FROM bronze_events WHERE is_nan(1)',
  });
  expect(failingRows(check, null, [{ ...model, onCluster: null }])).toEqual({
    on: 'local',
    sql: 'SELECT *\nFROM bronze_events\nWHERE user_id IS NULL',
  });
});

it('counts the rows of the days that are shown', () => {
  const failedDays = [
    { date: '2025-01-06', rows: 3 },
    { date: '2025-01-07', rows: 1_200 },
  ];
  const result = { passed: false, failedRows: 1_203, failedDays };
  expect(failureOf({ result }, null)).toEqual({ rows: 1_203, days: ['2025-01-06', '2025-01-07'] });
  expect(failureOf({ result }, '2025-01-06')).toEqual({ rows: 3, days: ['2025-01-06'] });
  expect(failureOf({ result: null }, null)).toEqual({ rows: 0, days: [] });
});
