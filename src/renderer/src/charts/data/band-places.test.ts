import { expect, it } from 'vitest';
import { placeBands } from './band-places';

const scales = { x: (time: number) => time, y: (value: number) => 100 - value, left: 0, right: 200 };
const at = (time: number, ...values: number[]) => ({ time, values });

it('puts a name into its band where the band is thickest', () => {
  const points = [at(0, 20, 20), at(50, 20, 30), at(100, 20, 60), at(150, 20, 30), at(200, 20, 30)];
  expect(placeBands(['a', 'b'], points, scales)).toEqual([
    { name: 'a', x: 50, y: 90 },
    { name: 'b', x: 100, y: expect.closeTo(50.9, 1) },
  ]);
});

it('leaves out names of bands that are too thin, or too short for their name', () => {
  const points = [at(0, 20, 5), at(100, 20, 5), at(200, 20, 5)];
  expect(placeBands(['a', 'b'], points, scales).map(({ name }) => name)).toEqual(['a']);
  expect(placeBands(['a name of more than two hundred pixels'], points, scales)).toEqual([]);
});

it('finds room in a band that slopes, off its middle', () => {
  const points = [at(0, 10, 22), at(50, 14, 22), at(100, 18, 22), at(150, 22, 22), at(200, 26, 22)];
  const place = placeBands(['', 'a name of so many'], points, scales).find(({ name }) => name !== '');
  expect(place).toEqual({ name: 'a name of so many', x: 100, y: 71 });
});

it('looks at the slope between points that are further apart than the name is wide', () => {
  const points = [at(0, 90, 20), at(100, 10, 20), at(200, 90, 20)];
  expect(placeBands(['', 'steep'], points, scales).filter(({ name }) => name !== '')).toEqual([]);
});
