import { describe, expect, test } from 'vitest';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { changedValues, daySpan } from './changed-values';
import { defaultFormats as formats } from '../format/formats';

const change = (parts: Partial<RefreshChange>): RefreshChange => ({
  model: 'gold_x',
  period: '2025-01-06',
  kind: 'changed',
  before: [],
  after: [],
  causedBy: [],
  ...parts,
});

describe('a change in words', () => {
  test('names the values that differ, from what to what', () => {
    expect(
      changedValues(
        change({ before: [{ week: '2025-01-06', teams: 3 }], after: [{ week: '2025-01-06', teams: 5 }] }),
        formats,
      ),
    ).toEqual(['teams 3 → 5']);
  });

  test('tells what a new period has, and what a removed one had', () => {
    expect(
      changedValues(change({ kind: 'added', after: [{ week: '2025-01-06 00:00:00', teams: 5 }] }), formats),
    ).toEqual(['teams 5']);
    expect(changedValues(change({ kind: 'removed', before: [{ teams: null }] }), formats)).toEqual(['teams null']);
  });

  test('counts the rows of a period that has many', () => {
    const rows = [{ event_name: 'share' }, { event_name: 'search' }];
    expect(changedValues(change({ before: rows, after: rows }), formats)).toEqual(['2 rows with different values']);
    expect(changedValues(change({ kind: 'added', after: rows }), formats)).toEqual(['2 rows']);
  });
});

test('the days that caused a change', () => {
  expect(daySpan(['2025-01-06'], formats)).toBe('2025-01-06');
  expect(daySpan(['2025-01-06', '2025-01-07', '2025-01-08'], formats)).toBe('2025-01-06 – 2025-01-08');
  expect(daySpan(['2025-01-06', '2025-01-08'], formats)).toBe('2 days from 2025-01-06');
  expect(daySpan([], formats)).toBe('the model’s SQL');
});
