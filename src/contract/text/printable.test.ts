import { expect, it } from 'vitest';
import { printable } from './printable';

it('shows names that a terminal would obey, and leaves all others as they are', () => {
  expect(printable('data/events/größe 日本.parquet')).toBe('data/events/größe 日本.parquet');
  expect(printable('a\nb\u001b[2Jc\u202ed')).toBe(String.raw`a\nb\u{1b}[2Jc\u{202e}d`);
  expect(printable('\ud800')).toBe(String.raw`\u{d800}`);
});

it('cuts names of any length', () => {
  expect(printable('x'.repeat(10_000))).toHaveLength(300);
  expect(printable('😀'.repeat(200))).toBe(`${'😀'.repeat(149)}…`);
  expect(printable('x'.repeat(300))).toBe('x'.repeat(300));
});
