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
