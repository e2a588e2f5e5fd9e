import { describe, expect, it } from 'vitest';
import {
  averageOver,
  changeShare,
  grainsOf,
  mergeOf,
  movedSpan,
  partialPeriods,
  regrain,
  smooth,
  spanBefore,
  spanOf,
  startOf,
  timeRangeSchema,
  timesOf,
} from './transform';

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const pointsOf = (values: Record<string, number | null>) =>
  Object.entries(values).map(([date, value]) => ({ time: at(date), values: [value] }));

describe('regrain', () => {
  const names = ['events'];
  const points = pointsOf({ '2025-01-05': 4, '2025-01-06': 1, '2025-01-07': 2, '2025-01-08': null });

  it("adds amounts up and averages what can't be added", () => {
    const weeks = { '2024-12-30': 4, '2025-01-06': 3 };
    expect(regrain({ names, points }, 'week', () => 'sum').points).toEqual(pointsOf(weeks));
    expect(regrain({ names, points }, 'week', () => 'average').points).toEqual(
      pointsOf({ ...weeks, '2025-01-06': 1.5 }),
    );
    expect(regrain({ names, points }, 'month', () => 'sum').points).toEqual(pointsOf({ '2025-01-01': 7 }));
  });

  it('adds up events and money, never users or shares', () => {
    expect(['events', 'revenue', 'purchases'].map(mergeOf)).toEqual(['sum', 'sum', 'sum']);
    expect(['daily_active_users', 'stickiness', 'purchased'].map(mergeOf)).toEqual(['average', 'average', 'average']);
  });

  it('offers the own grain and coarser ones', () => {
    expect(grainsOf(pointsOf({ '2025-01-06': 1, '2025-01-13': 2, '2025-01-20': 2 }))).toEqual(['week', 'month']);
  });
});

it('starts weeks on Monday, before 1970 too', () => {
  expect(startOf(at('2025-01-12'), 'week')).toBe(at('2025-01-06'));
  expect(startOf(at('1969-12-31'), 'week')).toBe(at('1969-12-29'));
});

it('smooths over what came before, without the missing', () => {
  const points = pointsOf({ '2025-01-01': 3, '2025-01-02': null, '2025-01-03': 9, '2025-01-04': 12 });
  expect(smooth({ names: ['n'], points }, 3).points.map(({ values }) => values[0])).toEqual([3, 3, 6, 10.5]);
});

const span = (first: string, last: string, missing: readonly string[] = []) => ({
  first: at(first),
  last: at(last),
  missing: missing.map(at),
});

it('marks the periods of which days are missing', () => {
  const points = pointsOf({ '2025-01-06': 1, '2025-01-13': 1, '2025-01-20': 1 });
  const weeks = { grain: 'week', own: 'week' } as const;
  expect(partialPeriods(points, weeks, span('2025-01-06', '2025-01-26', ['2025-01-14', '2025-01-15']))).toEqual([
    { start: at('2025-01-13'), days: 5, of: 7 },
  ]);
});

it('leaves partial periods out of averages, but not out of sums', () => {
  const points = pointsOf({ '2024-12-30': 2, '2025-01-06': 10, '2025-01-13': 20, '2025-02-03': 3 });
  const leftOut = new Set([at('2024-12-30'), at('2025-01-06'), at('2025-02-03')]);
  expect(averageOver(points, { first: 0, last: 2 }, 0, leftOut)).toBe(20);
  const values = (merge: 'sum' | 'average') =>
    regrain({ names: ['n'], points }, 'month', () => merge, leftOut).points.map(({ values: [value] }) => value);
  expect(values('sum')).toEqual([2, 30, 3]);
  // Where every period is partial, they are all there is.
  expect(values('average')).toEqual([2, 20, 3]);
  expect(smooth({ names: ['n'], points }, 3, leftOut).points.map(({ values: [value] }) => value)).toEqual([2, 6, 20, 20]); // prettier-ignore
});

it('marks the periods that the data covers in part', () => {
  const points = pointsOf({ '2024-12-30': 1, '2025-01-06': 1, '2025-01-13': 1 });
  const weeks = { grain: 'week', own: 'week' } as const;
  expect(partialPeriods(points, weeks, span('2025-01-01', '2025-01-19'))).toEqual([
    { start: at('2024-12-30'), days: 5, of: 7 },
  ]);
});

it('counts the weeks that begin in a month as its days', () => {
  const months = pointsOf({ '2024-12-01': 1, '2025-01-01': 1, '2025-02-01': 1 });
  const byWeek = { grain: 'month', own: 'week' } as const;
  expect(partialPeriods(months, byWeek, span('2025-01-01', '2025-03-02'))).toEqual([
    { start: at('2024-12-01'), days: 5, of: 35 },
  ]);
  const byDay = { grain: 'month', own: 'day' } as const;
  expect(partialPeriods(months.slice(1), byDay, span('2025-01-03', '2025-02-28'))).toEqual([
    { start: at('2025-01-01'), days: 29, of: 31 },
  ]);
});

it('compares with as many points right before', () => {
  const points = pointsOf({ '2025-01-01': 1, '2025-01-02': 3, '2025-01-03': 5, '2025-01-04': 9 });
  expect(spanBefore({ first: 2, last: 3 })).toEqual({ first: 0, last: 1 });
  expect(spanBefore({ first: 1, last: 3 })).toBeNull();
  expect(averageOver(points, { first: 2, last: 3 }, 0)).toBe(7);
});

describe('movedSpan', () => {
  it('keeps its length, and stops at the ends', () => {
    expect(movedSpan({ first: 2, last: 4 }, 3, 10)).toEqual({ first: 5, last: 7 });
    expect(movedSpan({ first: 2, last: 4 }, 30, 10)).toEqual({ first: 7, last: 9 });
    expect(movedSpan({ first: 2, last: 4 }, -30, 10)).toEqual({ first: 0, last: 2 });
  });
});

describe('a span in time', () => {
  const days = pointsOf({ '2025-01-30': 1, '2025-01-31': 2, '2025-02-01': 3, '2025-02-02': 4, '2025-03-01': 5 });
  const months = pointsOf({ '2025-01-01': 3, '2025-02-01': 7, '2025-03-01': 5 });

  it('covers the same periods, finer or coarser', () => {
    expect(spanOf(months, timesOf(days, { first: 2, last: 3 }))).toEqual({ first: 1, last: 1 });
    expect(spanOf(days, timesOf(months, { first: 1, last: 1 }))).toEqual({ first: 2, last: 3 });
    expect(spanOf(days, timesOf(months, { first: 1, last: 2 }))).toEqual({ first: 2, last: 4 });
  });
});

describe('before 1970, and in the first years of the calendar', () => {
  it('weeks begin on Monday', () => {
    for (const monday of ['1969-12-22', '1960-02-29', '0001-01-01', '9999-12-27']) {
      for (let day = 0; day < 7; day += 1) expect(startOf(at(monday) + day * 86_400_000, 'week')).toBe(at(monday));
    }
  });

  it('months begin on their first day', () => {
    expect(startOf(at('0099-03-17'), 'month')).toBe(at('0099-03-01'));
    expect(startOf(at('1969-12-31'), 'month')).toBe(at('1969-12-01'));
  });
});

describe('a change', () => {
  it.each([
    [15, 10, 0.5],
    [-5, -10, 0.5],
    [-10, -5, -1],
    [10, -10, 2],
    [1, 0, null],
  ])('to %d from %d is %d', (now, then, share) => {
    expect(changeShare(now, then)).toBe(share);
  });
});

it('keeps a time range through storage, also one without an end', () => {
  for (const range of [
    { from: 1, to: 2 },
    { from: 1, to: Infinity },
  ]) {
    expect(timeRangeSchema.parse(JSON.parse(JSON.stringify(range)))).toEqual(range);
  }
});
