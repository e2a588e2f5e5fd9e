import type { Text } from '@codemirror/state';

/** Line and column as errors give them, counted from 1. */
export interface SqlPosition {
  readonly line: number;
  readonly column: number;
}

const word = /^(\w+|\S)/;

/** The stretch of text that a position points at: the word that begins there, at least one character. */
export function rangeAt(text: Text, { line, column }: SqlPosition): { from: number; to: number } {
  const found = text.line(Math.max(1, Math.min(line, text.lines)));
  const from = Math.min(found.from + Math.max(0, column - 1), found.to);
  const length = word.exec(found.text.slice(from - found.from))?.[0].length ?? 0;
  if (length > 0) return { from, to: from + length };
  // At the end of a line there is nothing to underline but what comes before.
  return { from: Math.max(found.from, from - 1), to: from };
}
