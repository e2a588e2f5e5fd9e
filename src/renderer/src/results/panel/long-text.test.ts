import { expect, it } from 'vitest';
import { firstParts } from './long-text';

it('cuts a text into parts that are the text together, and never a character in half', () => {
  const text = `a${'😀é'.repeat(5_000)}`;
  const { parts, rest } = firstParts(text, 100, 1_000);
  expect(rest).toBe(0);
  expect(parts.join('')).toBe(text);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(100);
  for (const part of parts) expect(encodeURIComponent(part)).not.toBe('');
});

it('counts what is left', () => {
  expect(firstParts('x'.repeat(25), 10, 1)).toEqual({ parts: ['x'.repeat(10)], rest: 15 });
  expect(firstParts('x'.repeat(25), 10, 3)).toEqual({
    parts: ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)],
    rest: 0,
  });
});
