import { describe, expect, it } from 'vitest';
import type { Partition } from '../../../../contract/partitions';
import { dayAt, placeOf } from './calendar-year';
import { dateOf, dayNumber, Days, longDate, markOf } from './days';
import { levelsFor, measures } from './measures';

function day(date: string, rest: Partial<Partition> = {}): Partition {
  const plain = { files: 1, rows: 10, bytes: 100, modifiedAt: null, damagedFiles: [], stale: false, users: 5 };
  return { date, ...plain, failedChecks: [], ...rest };
}

it('names days', () => {
  expect(longDate('2024-02-29')).toBe('Thursday, 2024-02-29');
  expect(longDate('1969-12-31')).toBe('Wednesday, 1969-12-31');
});

describe('the calendar', () => {
  it('finds the day at the place where it draws it, over leap years and centuries', () => {
    for (let number = dayNumber('1899-12-25'); number < dayNumber('1905-01-10'); number += 1) {
      const { week, weekday } = placeOf(number);
      expect(dayAt(Number(dateOf(number).slice(0, 4)), week, weekday)).toBe(number);
      expect(week).toBeLessThan(54);
    }
  });

  it('begins a week on Monday', () => {
    expect(placeOf(dayNumber('2025-01-05'))).toEqual({ week: 0, weekday: 6 });
    expect(placeOf(dayNumber('2025-01-06'))).toEqual({ week: 1, weekday: 0 });
  });
});

it('marks what is most worth knowing', () => {
  const failed = { name: 'ids_in_range', severity: 'error', rows: 2 } as const;
  expect(markOf(undefined)).toBe('missing');
  expect(markOf(day('2025-01-01', { files: 0, stale: true }))).toBe('missing');
  expect(markOf(day('2025-01-01', { stale: true, failedChecks: [failed] }))).toBe('failing');
  expect(markOf(day('2025-01-01', { stale: true }))).toBe('stale');
  expect(markOf(day('2025-01-01'))).toBe('none');
});

it('takes the days of a range, and stays within what there is', () => {
  const days = new Days([day('2025-01-01'), day('2025-01-03'), day('2025-01-04')]);
  const range = { first: dayNumber('2025-01-02'), last: dayNumber('2025-01-03') };
  expect(days.in(range).map(({ date }) => date)).toEqual(['2025-01-03']);
  expect(dateOf(days.clamp(dayNumber('2030-01-01')))).toBe('2025-01-04');
});

it('shades by fifths of the days, and not at all what is not known', () => {
  const partitions = [1, 2, 3, 4, 1_000_000].map((rows, index) => day(`2025-01-0${index + 1}`, { rows }));
  expect(partitions.map(levelsFor(measures.rows, partitions))).toEqual([1, 2, 3, 4, 5]);
  const unknown = day('2025-01-09', { users: null });
  expect(levelsFor(measures.perUser, partitions)(unknown)).toBe(0);
});
