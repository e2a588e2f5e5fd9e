import { expect, it } from 'vitest';
import { findPlace, foundTotal } from './find-place';

const blocks = [
  { block: 0, count: 2 },
  { block: 7, count: 3 },
];

it('finds the block of a match by its number over the whole result', () => {
  expect(foundTotal(blocks)).toBe(5);
  expect([0, 1, 2, 4, 5].map((number) => findPlace(blocks, number))).toEqual([
    { block: 0, within: 0 },
    { block: 0, within: 1 },
    { block: 7, within: 0 },
    { block: 7, within: 2 },
    null,
  ]);
  expect(findPlace([], 0)).toBeNull();
});
