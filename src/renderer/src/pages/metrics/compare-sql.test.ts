import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { averagesOf, type CohortCell } from '../../charts/data/cohorts';
import { comparedCohortsSql, comparedNamesSql } from './compare-sql';

async function rowsOf(sql: string): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

test('names of two ranges stand beside each other, also those that only one has', async () => {
  const a = `SELECT * FROM (VALUES (7, 30), (8, 10), (NULL, 4)) t(team_id, events)`;
  const b = `SELECT * FROM (VALUES (7, 20), (9, 5), (NULL, 0)) t(team_id, events)`;
  const decimals = { exact: true, digits: 2 };
  expect(await rowsOf(comparedNamesSql(a, b, { label: 'team_id', value: 'events', decimals }))).toEqual([
    [7, 30, 20, 10, 0.5],
    [8, 10, null, null, null],
    [null, 4, 0, 4, null],
    [9, null, 5, null, null],
  ]);
});

test.each([true, false])(
  'averages of two ranges of cohorts equal those of the chart (with sizes: %s)',
  async (sized) => {
    const month = (index: number) => Date.UTC(2024, index, 1);
    // Cohorts of 10, 200, 30 and 400; the data ends within the last month.
    const cells = [10, 200, 30, 400].flatMap((all, start) =>
      Array.from({ length: 4 - start }, (_, age): CohortCell => {
        const left = Math.round((all * (start + 2)) / (age + 5));
        return {
          row: 0,
          start: month(start),
          age,
          share: left / all,
          members: sized ? { all, left } : null,
          unfinished: start + age === 3,
        };
      }),
    );
    const rows = cells.map(
      ({ start, age, share, members }) =>
        `(DATE '${new Date(start).toISOString().slice(0, 10)}', ${age}, ${members?.all ?? 'NULL'}, ${members?.left ?? 'NULL'}, ${share})`,
    );
    const sql = `SELECT * FROM (VALUES ${rows.join(', ')}) t(month, age, teams, active, kept)`;
    const [first, second] = [{ from: month(0), to: month(2) - 1 }, { from: month(2), to: Infinity }]; // prettier-ignore
    const columns = { start: 'month', age: 'age', value: 'kept', members: sized ? { all: 'teams', left: 'active' } : null, unit: 'month' as const }; // prettier-ignore
    const found = await rowsOf(comparedCohortsSql(sql, columns, { a: first, b: second, end: '2024-04-30' }));
    const means = ({ from, to }: typeof first) => averagesOf(cells.filter(({ start }) => start >= from && start <= to));
    const [a, b] = [means(first), means(second)];
    expect(found.map(([age]) => age)).toEqual([0, 1, 2]);
    // 124 of 210 are left at the age of 0; the mean of 4 of 10 and 120 of 200 is 50%.
    if (sized) expect(found[0]?.[1]).toBe(Math.round((124 / 210) * 1e4) / 1e4);
    for (const [age, left, right, difference] of found) {
      expect(left).toBeCloseTo(a.get(Number(age)) ?? 0, 3);
      if (right === null) expect(b.has(Number(age))).toBe(false);
      else expect(right).toBeCloseTo(b.get(Number(age)) ?? 0, 3);
      if (right !== null) expect(difference).toBeCloseTo((a.get(Number(age)) ?? 0) - (b.get(Number(age)) ?? 0), 3);
    }
  },
);
