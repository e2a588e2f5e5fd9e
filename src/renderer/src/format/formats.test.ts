import { afterEach, describe, expect, it } from 'vitest';
import { formatTick } from '../charts/data/time-ticks';
import { parseNumber, setFormats } from './formats';
import { formatAverage, formatBytes, formatCompact, formatCount, formatPercent, formatValue } from './numbers';
import { formatDates, formatDayOf, formatDayUtc, formatDuration, formatMonthUtc, formatShortDayOf } from './time';

afterEach(() => setFormats({ numberFormat: 'comma', dateFormat: 'iso' }));

describe('numbers', () => {
  it('have points between thousands', () => {
    setFormats({ numberFormat: 'point', dateFormat: 'iso' });
    expect([formatCount(1_234_567), formatCompact(1_234_567), formatPercent(0.456)]).toEqual([
      '1.234.567',
      '1,23M',
      '45,6%',
    ]);
    expect(formatBytes(62_400_000)).toBe('62,4 MB');
  });

  it('have narrow spaces between thousands', () => {
    setFormats({ numberFormat: 'space', dateFormat: 'iso' });
    expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
  });
});

describe('values of charts', () => {
  it('have the same signs', () => {
    setFormats({ numberFormat: 'point', dateFormat: 'iso' });
    expect([formatValue(1234.5), formatValue(null), formatAverage(1234.56), formatDuration(1_400)]).toEqual([
      '1.234,5',
      '–',
      '1.235',
      '1,4 s',
    ]);
  });
});

describe('what is typed', () => {
  it.each([
    ['comma', '1,000,000', 1_000_000],
    ['comma', '1.5', 1.5],
    ['comma', '1_000', 1_000],
    ['point', '1.000.000', 1_000_000],
    ['point', '1.000,5', 1_000.5],
    ['point', '0,5', 0.5],
    ['point', '1.5', Number.NaN],
    ['point', '1.0000', Number.NaN],
    ['point', '1,000,000', Number.NaN],
    ['comma', '1,5', Number.NaN],
    ['comma', '1,00,000', Number.NaN],
    ['comma', '1.000.000', Number.NaN],
    ['comma', '-1,234.5', -1_234.5],
    ['comma', '1e6', 1_000_000],
    ['comma', '1 2', Number.NaN],
    ['comma', "1'000'000", 1_000_000],
    ['comma', 'Infinity', Number.NaN],
    ['comma', '0x10', Number.NaN],
    ['space', '1.5', Number.NaN],
    ['space', '1,5', 1.5],
    ['space', '1\u202f000', 1_000],
    ['space', '2,5 %', 2.5],
    ['comma', '', Number.NaN],
    ['point', 'ten', Number.NaN],
  ] as const)('in the format %s, %s is %d', (numberFormat, text, number) => {
    setFormats({ numberFormat, dateFormat: 'iso' });
    expect(parseNumber(text)).toBe(number);
  });
});

describe('dates', () => {
  const noon = new Date(2025, 10, 24, 12).toISOString();
  const utc = Date.UTC(2025, 10, 24);
  it.each([
    ['iso', ['2025-11-24', '2025-11-24', '11-24', '2025-11', '24 Nov']],
    ['day-first', ['24.11.2025', '24.11.2025', '24.11.', '11.2025', '24 Nov']],
    ['month-first', ['11/24/2025', '11/24/2025', '11/24', '11/2025', 'Nov 24']],
  ] as const)('%s', (dateFormat, texts) => {
    setFormats({ numberFormat: 'comma', dateFormat });
    expect([
      formatDayOf(noon),
      formatDayUtc(utc),
      formatShortDayOf(noon),
      formatMonthUtc(utc),
      formatTick(utc),
    ]).toEqual(texts);
  });

  it('within a text', () => {
    setFormats({ numberFormat: 'comma', dateFormat: 'day-first' });
    expect(formatDates('2025-01-03 – 2025-01-09, not 12025-01-031')).toBe('03.01.2025 – 09.01.2025, not 12025-01-031');
  });
});
