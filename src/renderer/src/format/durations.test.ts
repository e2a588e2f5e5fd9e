import { describe, expect, it } from 'vitest';
import { durationsIn, formatAge, formatRound } from './durations';

const { duration, elapsed } = durationsIn((number) => number);

describe('duration', () => {
  it.each([
    [-5, '0 ms'],
    [0.4, '0 ms'],
    [83, '83 ms'],
    [999.9, '999 ms'],
    [1_000, '1.0 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

it('writes the lines of a scale of durations in one unit', () => {
  expect([10, 1_000, 10_000, 60_000, 600_000, 36_000_000].map(formatRound)).toEqual([
    '10 ms',
    '1 s',
    '10 s',
    '1 min',
    '10 min',
    '10 h',
  ]);
});

describe('elapsed', () => {
  it('keeps one decimal under a minute, then counts minutes and seconds', () => {
    expect(elapsed(412)).toBe('0.4 s');
    expect(elapsed(59_940)).toBe('59.9 s');
    expect(elapsed(125_900)).toBe('2:05');
  });
});

describe('formatAge', () => {
  const now = Date.parse('2025-11-23T12:00:00Z');

  it.each([
    ['2025-11-23T12:00:05Z', 'now'],
    ['2025-11-23T11:57:30Z', '2 min'],
    ['2025-11-23T09:00:00Z', '3 h'],
    ['2025-11-19T12:00:00Z', '4 d'],
  ])('%s is %s old', (instant, text) => {
    expect(formatAge(instant, now)).toBe(text);
  });
});
