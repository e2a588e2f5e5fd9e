import { afterEach, describe, expect, it } from 'vitest';
import { setFormats } from './formats';
import { formatBytes, formatCompact, formatCount, formatPercent } from './numbers';
import { formatDayOf } from './time';

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

describe('dates', () => {
  const noon = new Date(2025, 10, 24, 12).toISOString();
  it.each([
    ['iso', '2025-11-24'],
    ['day-first', '24.11.2025'],
    ['month-first', '11/24/2025'],
  ] as const)('%s', (dateFormat, text) => {
    setFormats({ numberFormat: 'comma', dateFormat });
    expect(formatDayOf(noon)).toBe(text);
  });
});
