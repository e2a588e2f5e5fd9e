import { expect, it } from 'vitest';
import { msPerDay } from '../../../../contract/calendar';
import { defaultGrain, pointsIn } from './grain-choice';
import { grainsOf } from './transform';

const days = (count: number, step = 1) =>
  Array.from({ length: count }, (_, day) => ({ time: Date.UTC(2023, 0, 2) + day * step * msPerDay, values: [day] }));

const grainOf = (count: number, width: number, step = 1) => {
  const points = days(count, step);
  return defaultGrain(points, grainsOf(points), width);
};

it('shows days up to about 200 of them, then weeks, then months', () => {
  expect(grainOf(200, 620)).toBe('day');
  expect(grainOf(201, 620)).toBe('week');
  expect(grainOf(1_096, 620)).toBe('week');
  expect(grainOf(1_500, 620)).toBe('month');
  expect(grainOf(20_000, 620)).toBe('month');
});

it('shows fewer points in a narrow chart', () => {
  expect(grainOf(158, 620, 7)).toBe('week');
  expect(grainOf(158, 300, 7)).toBe('month');
  expect([pointsIn(0), pointsIn(90), pointsIn(300), pointsIn(5_000)]).toEqual([200, 60, 100, 200]);
});

it('leaves an irregular series alone', () => {
  expect(defaultGrain(days(3, 11), [], 600)).toBeNull();
});
