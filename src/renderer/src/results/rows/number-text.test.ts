import { describe, expect, it } from 'vitest';
import { formatDouble } from './number-text';

// Every text below is what DuckDB 1.5.6 gives for the same value cast to VARCHAR.

describe('formatDouble', () => {
  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [3, '3.0'],
    [-2.5, '-2.5'],
    [-0, '-0.0'],
    [123_456.789, '123456.789'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [123_456_789_012_345_680, '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.000015, '1.5e-05'],
    [5e-324, '5e-324'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('%d is %s', (value, text) => {
    expect(formatDouble(value)).toBe(text);
  });
});
