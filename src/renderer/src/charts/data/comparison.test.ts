import { describe, expect, it } from 'vitest';
import { comparedSpan, counterparts, spanYearAgo } from './comparison';

const at = (date: string) => Date.parse(date);
const pointsOf = (...dates: string[]) => dates.map((date, index) => ({ time: at(date), values: [index] }));
const weeks = Array.from({ length: 60 }, (_, week) => ({
  time: at('2024-01-01') + week * 7 * 86_400_000,
  values: [week],
}));
const months = Array.from({ length: 14 }, (_, month) => ({ time: Date.UTC(2024, month, 1), values: [month] }));

describe('a year ago', () => {
  it('are the same weekdays, 52 weeks before', () => {
    expect(spanYearAgo(weeks, { first: 52, last: 59 }, 'week')).toEqual({ first: 0, last: 7 });
    expect(spanYearAgo(weeks, { first: 51, last: 59 }, 'week')).toBeNull();
  });

  it('are months of the same name', () => {
    expect(spanYearAgo(months, { first: 12, last: 13 }, 'month')).toEqual({ first: 0, last: 1 });
    expect(spanYearAgo(months, { first: 3, last: 4 }, 'month')).toBeNull();
  });
});

describe('the compared range', () => {
  it('is the one before, or one of the user’s choice, also a single point', () => {
    const rest = { grain: 'week', range: null } as const;
    expect(comparedSpan(weeks, { first: 10, last: 13 }, { mode: 'before', ...rest })).toEqual({ first: 6, last: 9 });
    expect(comparedSpan(weeks, { first: 10, last: 13 }, { mode: 'off', ...rest })).toBeNull();
    const range = { from: at('2024-01-15'), to: at('2024-01-15') };
    expect(comparedSpan(weeks, { first: 9, last: 9 }, { mode: 'range', grain: 'week', range })).toEqual({ first: 2, last: 2 }); // prettier-ignore
  });
});

describe('counterparts', () => {
  it('have the same distance from the beginning, whatever is missing in between', () => {
    const days = pointsOf('2025-01-01', '2025-01-02', '2025-01-04', '2025-01-05', '2025-01-06', '2025-01-07', '2025-01-08'); // prettier-ignore
    const found = counterparts(days, { first: 3, last: 6 }, { first: 0, last: 2 }, 'day');
    expect(found.map((point) => point?.values[0] ?? null)).toEqual([0, 1, null, 2]);
  });

  it('of irregular series have the same number', () => {
    const points = pointsOf('2025-01-01', '2025-01-17', '2025-03-04', '2025-08-05');
    const found = counterparts(points, { first: 2, last: 3 }, { first: 0, last: 1 }, null);
    expect(found.map((point) => point?.values[0])).toEqual([0, 1]);
  });
});
