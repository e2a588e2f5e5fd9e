import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { averagesOf } from '../../charts/data/cohorts';
import { comparedCohortsSql, comparedNamesSql } from './compare-sql';

async function rowsOf(sql: string): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

test('names of two ranges stand beside each other, also those that only one has', async () => {
  const a = `SELECT * FROM (VALUES (7, 30), (8, 10), (NULL, 4)) t(team_id, events)`;
  const b = `SELECT * FROM (VALUES (7, 20), (9, 5), (NULL, 0)) t(team_id, events)`;
  expect(await rowsOf(comparedNamesSql(a, b, 'team_id', 'events'))).toEqual([
    [7, 30, 20, 10, 0.5],
    [8, 10, null, null, null],
    [null, 4, 0, 4, null],
    [9, null, 5, null, null],
  ]);
});

test('averages of two ranges of cohorts equal those of the chart', async () => {
  const month = (index: number) => Date.UTC(2024, index, 1);
  const cells = [0, 1, 2, 3].flatMap((start) =>
    Array.from({ length: 4 - start }, (_, age) => ({
      row: 0,
      start: month(start),
      age,
      share: (start + 2) / (age + 5),
    })),
  );
  const rows = cells.map(
    ({ start, age, share }) => `(DATE '${new Date(start).toISOString().slice(0, 10)}', ${age}, ${share})`,
  );
  const sql = `SELECT * FROM (VALUES ${rows.join(', ')}) t(month, age, kept)`;
  const [first, second] = [{ from: month(0), to: month(2) - 1 }, { from: month(2), to: Infinity }]; // prettier-ignore
  const found = await rowsOf(comparedCohortsSql(sql, { start: 'month', age: 'age', value: 'kept' }, first, second));
  const means = ({ from, to }: typeof first) => averagesOf(cells.filter(({ start }) => start >= from && start <= to));
  const [a, b] = [means(first), means(second)];
  expect(found.map(([age]) => age)).toEqual([0, 1, 2, 3]);
  for (const [age, left, right, difference] of found) {
    expect(left).toBeCloseTo(a.get(Number(age)) ?? 0, 3);
    if (right === null) expect(b.has(Number(age))).toBe(false);
    else expect(right).toBeCloseTo(b.get(Number(age)) ?? 0, 3);
    if (right !== null) expect(difference).toBeCloseTo((a.get(Number(age)) ?? 0) - (b.get(Number(age)) ?? 0), 3);
  }
});
