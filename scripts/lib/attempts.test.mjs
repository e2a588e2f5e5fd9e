import { expect, test } from 'vitest';
import { countAttempts } from './attempts.mjs';

test('adds up the lines of all tests', () => {
  const output = 'traps: tried 10, held 8, broken 2\nelse\nkills of a run: tried 3, held 3, broken 0\n';
  expect(countAttempts(output)).toEqual({ tried: 13, held: 11, broken: 2 });
  expect(countAttempts('')).toEqual({ tried: 0, held: 0, broken: 0 });
});
