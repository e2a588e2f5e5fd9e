import { describe, expect, it } from 'vitest';
import type { Partition } from '../../../contract/partitions';
import { dayAt, placeOf } from '../pages/partitions/calendar/geometry';
import { dateOf, dayNumber, Days, firstOfMonth, longDate, marksOf, yearOf } from './days';
import { levelsFor, measures } from '../pages/partitions/calendar/measures';
import { defaultFormats as formats } from '../format/formats';

function day(date: string, rest: Partial<Partition> = {}): Partition {
  const plain = {
    files: 1,
    rows: 10,
    bytes: 100,
    modifiedAt: null,
    damagedFiles: [],
    leftOutFiles: [],
    locked: false,
    stale: false,
    users: 5,
  };
  return { date, ...plain, failedChecks: [], ...rest };
}

it('names days', () => {
  expect(longDate('2024-02-29', formats)).toBe('Thursday, 2024-02-29');
  expect(longDate('1969-12-31', formats)).toBe('Wednesday, 1969-12-31');
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
  const failed = { name: 'ids_in_range', severity: 'error', scope: 'day', rows: 2 } as const;
  expect(marksOf(undefined)).toEqual(['missing']);
  expect(marksOf(day('2025-01-01', { files: 0, stale: true }))).toEqual(['missing']);
  expect(marksOf(day('2025-01-01', { files: 0, locked: true }))).toEqual(['damaged']);
  expect(marksOf(day('2025-01-01', { stale: true, failedChecks: [failed] }))).toEqual(['stale', 'failing']);
  const damaged = { damagedFiles: ['data/events/date=2025-01-01/events-x.parquet'], failedChecks: [failed] };
  expect(marksOf(day('2025-01-01', damaged))).toEqual(['damaged', 'failing']);
  expect(marksOf(day('2025-01-01', { failedChecks: [{ ...failed, severity: 'warning' }] }))).toEqual(['warned']);
  const leftOut = { leftOutFiles: ['data/events/date=2025-01-01/events-x.parquet'] };
  expect(marksOf(day('2025-01-01', leftOut))).toEqual(['damaged']);
  expect(marksOf(day('2025-01-01'))).toEqual([]);
});

describe('few rows', () => {
  /** Nine weeks, of which a day has as many rows as `rows` says. */
  const nineWeeks = (rows: (index: number, weekday: number) => number) =>
    new Days(
      Array.from({ length: 63 }, (_, index) =>
        day(dateOf(dayNumber('2025-01-06') + index), {
          rows: rows(index, index % 7),
          failedChecks: [{ name: 'known_events', severity: 'error', scope: 'day', rows: 1 }],
        }),
      ),
    );
  const few = (days: Days) => days.marked('few').days.map((number) => number - days.first);

  it('are found on the day of an outage, though checks fail on every day', () => {
    const days = nineWeeks((index) => (index === 30 ? 20 : 1_000));
    expect(few(days)).toEqual([30]);
    expect(days.marksAt(days.first + 30)).toEqual(['few', 'failing']);
    expect(days.marked('failing').count).toBe(63);
  });

  it('are found on the first and the last day', () => {
    expect(few(nineWeeks((index) => (index === 0 || index === 62 ? 100 : 1_000)))).toEqual([0, 62]);
  });

  it('are not those of weekends, of holidays, or before a launch', () => {
    expect(few(nineWeeks((_, weekday) => (weekday > 4 ? 100 : 1_000)))).toEqual([]);
    expect(few(nineWeeks((index) => (index === 20 ? 350 : 1_000)))).toEqual([]);
    expect(few(nineWeeks((index) => (index < 31 ? 100 : 1_000)))).toEqual([]);
  });

  it('are not those of chance', () => {
    expect(few(nineWeeks((index) => (index === 30 ? 0 : 4)))).toEqual([]);
  });
});

it('takes the days of a range, and stays within what there is', () => {
  const days = new Days([day('2025-01-01'), day('2025-01-03'), day('2025-01-04')]);
  const range = { first: dayNumber('2025-01-02'), last: dayNumber('2025-01-03') };
  expect(days.in(range).map(({ date }) => date)).toEqual(['2025-01-03']);
  expect(dateOf(days.clamp(dayNumber('2030-01-01')))).toBe('2025-01-04');
});

it('lists what the data has, however far apart its days are', () => {
  const days = new Days([
    day('0001-01-01'),
    day('2020-12-30'),
    day('2021-01-02', { stale: true }),
    day('2024-01-01'),
    day('9999-12-31'),
  ]);
  expect(days.rows()).toEqual([
    { kind: 'year', year: 9999 },
    { kind: 'gap', first: 2025, last: 9998 },
    { kind: 'year', year: 2024 },
    { kind: 'year', year: 2023 },
    { kind: 'year', year: 2022 },
    { kind: 'year', year: 2021 },
    { kind: 'year', year: 2020 },
    { kind: 'gap', first: 2, last: 2019 },
    { kind: 'year', year: 1 },
  ]);
  const { days: missing, count } = days.marked('missing');
  expect(missing.map(dateOf)).toEqual(['0001-01-02', '2020-12-31', '2021-01-01', '2021-01-03', '2024-01-02']);
  expect(count).toBe(dayNumber('9999-12-31') - dayNumber('0001-01-01') + 1 - 5);
  expect(days.marked('stale')).toEqual({ days: [dayNumber('2021-01-02')], count: 1 });
});

it('draws the first and the last year of the calendar', () => {
  for (const date of ['0001-01-01', '0001-12-31', '0099-03-01', '9999-01-01', '9999-12-31']) {
    const number = dayNumber(date);
    const { week, weekday } = placeOf(number);
    expect(dayAt(yearOf(number), week, weekday)).toBe(number);
  }
  expect(dateOf(firstOfMonth(99, 13))).toBe('0100-01-01');
});

it('shades by fifths of the days, and not at all what is not known', () => {
  const partitions = [1, 2, 3, 4, 1_000_000].map((rows, index) => day(`2025-01-0${index + 1}`, { rows }));
  expect(partitions.map(levelsFor(measures.rows, partitions))).toEqual([1, 2, 3, 4, 5]);
  const unknown = day('2025-01-09', { users: null });
  expect(levelsFor(measures.perUser, partitions)(unknown)).toBe(0);
});
