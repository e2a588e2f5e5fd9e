import { describe, expect, it } from 'vitest';
import { formatTick } from '../charts/data/time-ticks';
import { formatsOf } from './formats';

describe('numbers', () => {
  it('have points between thousands', () => {
    const formats = formatsOf({ numberFormat: 'point', dateFormat: 'iso' });
    expect([formats.count(1_234_567), formats.compact(1_234_567), formats.percent(0.456)]).toEqual([
      '1.234.567',
      '1,23M',
      '45,6%',
    ]);
    expect(formats.bytes(62_400_000)).toBe('62,4 MB');
  });

  it('have narrow spaces between thousands', () => {
    const formats = formatsOf({ numberFormat: 'space', dateFormat: 'iso' });
    expect(formats.count(1_234_567)).toBe('1\u202f234\u202f567');
  });
});

describe('values of charts', () => {
  it('have the same signs', () => {
    const formats = formatsOf({ numberFormat: 'point', dateFormat: 'iso' });
    expect([formats.value(1234.5), formats.value(null), formats.average(1234.56), formats.duration(1_400)]).toEqual([
      '1.234,5',
      '–',
      '1.235',
      '1,4 s',
    ]);
  });
});

describe('typed numbers', () => {
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
    const formats = formatsOf({ numberFormat, dateFormat: 'iso' });
    expect(formats.parseNumber(text)).toBe(number);
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
    const formats = formatsOf({ numberFormat: 'comma', dateFormat });
    expect([
      formats.dayOf(noon),
      formats.dayUtc(utc),
      formats.shortDayOf(noon),
      formats.monthUtc(utc),
      formatTick(utc, formats),
    ]).toEqual(texts);
  });

  it('within a text', () => {
    const formats = formatsOf({ numberFormat: 'comma', dateFormat: 'day-first' });
    expect(formats.dates('2025-01-03 – 2025-01-09, not 12025-01-031')).toBe(
      '03.01.2025 – 09.01.2025, not 12025-01-031',
    );
  });
});
