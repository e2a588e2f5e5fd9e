import { describe, expect, it } from 'vitest';
import { formatAmount, formatBytes, formatCompact, formatCount, formatPercent } from './numbers';

describe('formatCount and its kin', () => {
  it('groups thousands', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatCount(0)).toBe('0');
  });

  it('shortens to three significant digits', () => {
    expect(formatCompact(714_285)).toBe('714K');
    expect(formatCompact(1_234_567)).toBe('1.23M');
  });

  it('knows singular and plural', () => {
    expect(formatAmount(1, 'file')).toBe('1 file');
    expect(formatAmount(1096, 'day')).toBe('1,096 days');
    expect(formatAmount(2, 'refresh', 'refreshes')).toBe('2 refreshes');
  });

  it('writes fractions as per cent', () => {
    expect(formatPercent(0.4567)).toBe('45.7%');
    expect(formatPercent(1)).toBe('100%');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [62_400_000, '62.4 MB'],
    [999_499, '999 kB'],
    [999_600, '1.00 MB'],
    [9_999_999, '10.0 MB'],
    [1.5e12, '1.50 TB'],
    [5e18, '5000 PB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
