import { expect, it } from 'vitest';
import { firstParts } from './long-text';

const textsOf = (text: string, length: number, most: number) =>
  firstParts(text, length, most).parts.map((part) => part.text);

it('cuts a text into parts that are the text together, and never a character in half', () => {
  const text = `a${'😀é'.repeat(5_000)}`;
  const parts = textsOf(text, 100, 1_000);
  expect(parts.join('')).toBe(text);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(100);
  // Half a character can't be encoded.
  for (const part of parts) expect(() => encodeURIComponent(part)).not.toThrow();
  expect(firstParts(text, 100, 1_000).rest).toBe(0);
});

it('counts what is left', () => {
  expect(textsOf('x'.repeat(25), 10, 1)).toEqual(['x'.repeat(10)]);
  expect(firstParts('x'.repeat(25), 10, 1).rest).toBe(15);
  expect(textsOf('x'.repeat(25), 10, 3)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});
