import { describe, expect, it } from 'vitest';
import { datesIn } from './dates';

const formats = datesIn('iso');

describe('instant', () => {
  it('uses the local clock', () => {
    expect(formats.instant(new Date(2025, 10, 3, 9, 4).toISOString())).toBe('2025-11-03 09:04');
  });
});

describe('ago', () => {
  const now = Date.parse('2025-11-23T12:00:00Z');

  it.each([
    ['2025-11-23T12:00:05Z', 'just now'],
    ['2025-11-23T11:59:30Z', 'just now'],
    ['2025-11-23T11:58:59Z', '1 minute ago'],
    ['2025-11-23T09:00:00Z', '3 hours ago'],
    ['2025-11-22T09:00:00Z', 'yesterday'],
    ['2025-11-19T12:00:00Z', '4 days ago'],
  ])('%s was %s', (instant, text) => {
    expect(formats.ago(instant, now)).toBe(text);
  });

  it('names the day after two weeks', () => {
    expect(formats.ago(new Date(2025, 0, 5, 12).toISOString(), now)).toBe('on 2025-01-05');
  });
});

describe('a typed day or month', () => {
  it.each([
    ['iso', '2025-11-03', '2025-11-03'],
    ['iso', ' 2025-1-3 ', '2025-01-03'],
    ['iso', '2025-11', '2025-11'],
    ['day-first', '03.11.2025', '2025-11-03'],
    ['day-first', '3.1.2025', '2025-01-03'],
    ['day-first', '11.2025', '2025-11'],
    ['day-first', '2025-11-03', '2025-11-03'],
    ['month-first', '11/03/2025', '2025-11-03'],
    ['month-first', '11/2025', '2025-11'],
    ['month-first', 'soon', 'soon'],
  ] as const)('%s: %s is %s', (format, text, iso) => {
    expect(datesIn(format).parseDayOrMonth(text)).toBe(iso);
  });

  it.each(['iso', 'day-first', 'month-first'] as const)('%s: reads what it writes', (format) => {
    const dates = datesIn(format);
    for (const iso of ['2025-11-03', '2025-11']) expect(dates.parseDayOrMonth(dates.dayOrMonth(iso))).toBe(iso);
  });
});
