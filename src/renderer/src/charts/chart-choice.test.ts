import { describe, expect, it } from 'vitest';
import { chooseChart, measureNamedBy } from './chart-choice';
import { linesOf, stackOf } from './data/series-of';
import { tableOf, type TableData } from './data/table-data';

/** A result with the given columns; dates are days since 1970. */
function table(columns: Record<string, string>, rows: (string | number | null)[][]): TableData {
  return tableOf(
    Object.entries(columns).map(([name, type]) => ({ name, type })),
    [
      {
        rows: rows.length,
        text: (row, column) => {
          const value = rows[row]?.[column] ?? null;
          return value === null ? null : String(value);
        },
        number: (row, column) => {
          const value = rows[row]?.[column];
          return typeof value === 'number' ? value : null;
        },
      },
    ],
  );
}

describe('chooseChart', () => {
  it('draws numbers over time as lines, those of one scale together', () => {
    const data = table({ week: 'DATE', users: 'BIGINT', a_day: 'DOUBLE', stickiness: 'DOUBLE' }, [
      [0, 5, 10.5, 0.5],
      [7, 9, 2.5, 0.25],
    ]);
    expect(chooseChart(data)).toEqual({ kind: 'line', time: 0, measures: [[1, 2], [3]] });
  });

  it('stacks one number by category, and keeps only as many categories as can be told apart', () => {
    const names = Array.from({ length: 10 }, (_, index) => `event ${index}`);
    const data = table(
      { week: 'DATE', event_name: 'VARCHAR', events: 'BIGINT' },
      names.map((name, index) => [0, name, index + 1]),
    );
    expect(chooseChart(data)).toEqual({ kind: 'stacked', time: 0, category: 1, value: 2 });
    const stack = stackOf(data, 0, 1, 2);
    expect(stack.names).toEqual([...names.slice(5).toReversed(), 'Other']);
    expect(stack.points).toEqual([{ time: 0, values: [10, 9, 8, 7, 6, 15] }]);
  });

  it('knows a funnel by steps that never grow', () => {
    const columns = { week: 'DATE', viewed: 'BIGINT', carted: 'BIGINT', bought: 'BIGINT', conversion: 'DOUBLE' };
    const falling = [
      [0, 9, 5, 2, 0.22],
      [7, 8, 8, 1, 0.125],
    ];
    expect(chooseChart(table(columns, falling))).toMatchObject({ kind: 'funnel', steps: [1, 2, 3] });
    expect(chooseChart(table(columns, [...falling, [14, 1, 2, 3, 1]]))).toMatchObject({ kind: 'line' });
  });

  it('draws shares by group and age as cohorts, and the rest as bars', () => {
    const cohorts = table({ month: 'DATE', months_since: 'BIGINT', teams: 'BIGINT', retention: 'DOUBLE' }, [
      [0, 0, 4, 1],
      [0, 1, 4, 0.5],
    ]);
    expect(chooseChart(cohorts)).toEqual({ kind: 'cohort', start: 0, age: 1, value: 3 });
    const teams = table({ place: 'BIGINT', team_id: 'BIGINT', events: 'BIGINT', last: 'DATE' }, [[1, 7, 99, 0]]);
    expect(chooseChart(teams)).toEqual({ kind: 'bar', label: 1, values: [2] });
    expect(chooseChart(table({ word: 'VARCHAR' }, [['x']]))).toEqual({ kind: 'none' });
  });
});

it('orders lines by time', () => {
  const data = table({ day: 'DATE', users: 'BIGINT' }, [
    [2, 5],
    [1, null],
  ]);
  expect(linesOf(data, 0, [1]).points).toEqual([
    { time: 1, values: [null] },
    { time: 2, values: [5] },
  ]);
});

describe('measureNamedBy', () => {
  const columns = ['date', 'purchases', 'priced_purchases', 'revenue'].map((name) => ({ name, type: 'BIGINT' }));

  it('is the one that the metric is named after, else the first', () => {
    expect(measureNamedBy('gold_daily_revenue', { columns }, [[1, 2], [3]])).toBe(1);
    expect(measureNamedBy('gold_what_sells', { columns }, [[1, 2], [3]])).toBe(0);
    expect(measureNamedBy('gold_daily_revenue', { columns }, [])).toBe(0);
  });
});
