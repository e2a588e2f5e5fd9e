import { expect, it } from 'vitest';
import { dateOf, dayNumber, type CalendarRow } from '../../../calendar/days';
import { boxOf, dayAtPoint, geometryOf, labelWidth, weekX } from './geometry';

const daysOf = (first: string, last: string) => {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const rows: CalendarRow[] = Array.from({ length: to - from + 1 }, (_, index) => ({ kind: 'year', year: to - index }));
  return { first: dayNumber(first), last: dayNumber(last), rows: () => rows };
};

it('fills the width exactly, with whole pixels at every edge', () => {
  for (const width of [590, 617, 893, 1_400]) {
    const geometry = geometryOf({ width, height: 600 }, daysOf('2023-01-01', '2025-12-31'));
    expect(weekX(54, geometry)).toBe(width - 1);
    for (let day = dayNumber('2024-01-01'); day <= dayNumber('2024-12-31'); day += 1) {
      const { x, y, width: wide, height } = boxOf(day, geometry);
      for (const edge of [x, y, wide, height]) expect(Number.isInteger(edge)).toBe(true);
      expect(dateOf(dayAtPoint(2024, x + wide / 2, y + height / 2, geometry) ?? 0)).toBe(dateOf(day));
    }
  }
});

it('uses the height of a card for few years, and leaves many years to scrolling', () => {
  const room = { width: 590, height: 540 };
  const three = geometryOf(room, daysOf('2023-01-01', '2025-12-31'));
  expect(three.dayPitch).toBeGreaterThan(three.weekPitch);
  expect(3 * three.yearHeight).toBeLessThanOrEqual(room.height);
  const twenty = geometryOf(room, daysOf('2006-01-01', '2025-12-31'));
  expect(twenty.dayPitch).toBe(Math.floor(twenty.weekPitch));
});

it('gives the width to the weeks that there are, if all are of one year', () => {
  const days = daysOf('2025-03-03', '2025-04-27');
  const geometry = geometryOf({ width: 600, height: 500 }, days);
  expect(geometry.weeks).toBe(8);
  expect(geometry.weekPitch).toBe(40);
  expect(boxOf(days.first, geometry).x).toBe(labelWidth);
  expect(dayAtPoint(2025, labelWidth - 1, 30, geometry)).toBeNull();
  expect(dayAtPoint(2025, weekX(geometry.firstWeek + 8, geometry) + 1, 30, geometry)).toBeNull();
});
