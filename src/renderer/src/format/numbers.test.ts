import { describe, expect, it } from 'vitest';
import { numbersIn } from './numbers';

const formats = numbersIn('comma');

describe('numbers', () => {
  it('groups thousands', () => {
    expect(formats.count(1_234_567)).toBe('1,234,567');
    expect(formats.count(0)).toBe('0');
  });

  it('shortens to three significant digits', () => {
    expect(formats.compact(714_285)).toBe('714K');
    expect(formats.compact(1_234_567)).toBe('1.23M');
  });

  it('knows singular and plural', () => {
    expect(formats.amount(1, 'file')).toBe('1 file');
    expect(formats.amount(1096, 'day')).toBe('1,096 days');
    expect(formats.amount(2, 'refresh', 'refreshes')).toBe('2 refreshes');
  });

  it('writes fractions as per cent', () => {
    expect(formats.percent(0.4567)).toBe('45.7%');
    expect(formats.percent(1)).toBe('100%');
  });
});

describe('bytes', () => {
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
    expect(formats.bytes(bytes)).toBe(text);
  });
});
