import { expect, it } from 'vitest';
import { gapNotes } from './gap-notes';
import { defaultFormats as formats } from '../format/formats';

const points = (...days: string[]) => days.map((day) => ({ time: Date.parse(`${day}T00:00:00Z`), values: [1] }));

it('name the days that a series lacks', () => {
  expect(
    gapNotes(
      points('2025-01-01', '2025-01-02', '2025-01-03', '2025-01-06', '2025-01-07', '2025-01-09', '2025-01-10'),
      formats,
    ),
  ).toEqual(['3 days without rows: 2025-01-04 to 2025-01-05, 2025-01-08']);
});

it('name weeks and months', () => {
  expect(gapNotes(points('1969-12-15', '1969-12-22', '1970-01-05', '1970-01-12'), formats)).toEqual([
    '1 week without rows: 1969-12-29',
  ]);
  expect(gapNotes(points('2025-01-01', '2025-02-01', '2025-03-01', '2025-06-01', '2025-07-01'), formats)).toEqual([
    '2 months without rows: 2025-04-01 to 2025-05-01',
  ]);
});

it('are none where nothing is missing, or nothing is regular', () => {
  expect(gapNotes(points('2025-01-01', '2025-01-02', '2025-01-03'), formats)).toEqual([]);
  expect(gapNotes(points('2025-01-01', '2025-01-04', '2025-02-09', '2025-07-03'), formats)).toEqual([]);
});
