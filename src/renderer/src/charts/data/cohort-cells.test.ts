import { expect, it } from 'vitest';
import { cohortCells } from './cohort-cells';
import { averagesOf } from './cohorts';
import type { TableData } from './table-data';

const month = (index: number) => Date.UTC(2025, index, 1);
const choice = { start: 0, age: 1, value: 4 };

function table(rows: readonly (readonly (number | null)[])[], names: readonly string[]): TableData {
  const types = ['DATE', 'BIGINT', 'BIGINT', 'BIGINT', 'DOUBLE'];
  return {
    columns: names.map((name, index) => ({ name, type: types[index] ?? 'DOUBLE' })),
    rows: rows.length,
    text: () => null,
    number: (row, column) => rows[row]?.[column] ?? null,
  };
}

const names = ['sign_up_month', 'months_since', 'teams', 'active_teams', 'retention'];
const rows = [
  [month(0), 0, 900, 900, 1],
  [month(0), 1, 900, 450, 0.5],
  [month(0), 2, 900, 30, 0.0333],
  [month(1), 0, 100, 100, 1],
  [month(1), 1, 100, 1, 0.01],
  [month(1), 2, null, null, null],
];

it('know the members of their cohort, whatever the columns are called', () => {
  expect(cohortCells(table(rows, names), choice, null).map(({ members }) => members?.left)).toEqual([900, 450, 30, 100, 1]); // prettier-ignore
  const renamed = ['start', 'months', 'n', 'm', 'kept'];
  expect(cohortCells(table(rows, renamed), choice, null)[1]?.members).toEqual({ all: 900, left: 450 });
});

it('have no members where no two columns make the share', () => {
  const other = rows.map((row) => [...row.slice(0, 3), 7, row[4] ?? null]);
  expect(cohortCells(table(other, names), choice, null).every(({ members }) => members === null)).toBe(true);
});

it('are unfinished in the month in which the data ends, also without a unit in the name of the age', () => {
  for (const age of ['months_since', 'age']) {
    const named = names.with(1, age);
    const cells = (lastDay: number) => cohortCells(table(rows, named), choice, lastDay);
    // The data ends on 30 March: of 31 days one is missing.
    expect(cells(Date.UTC(2025, 2, 30)).map(({ unfinished }) => unfinished)).toEqual([false, false, true, false, true]);
    expect(averagesOf(cells(Date.UTC(2025, 2, 30)))).toEqual(new Map([[0, 1], [1, 0.5]])); // prettier-ignore
    expect(averagesOf(cells(Date.UTC(2025, 2, 31))).get(1)).toBe(451 / 1000);
  }
});
