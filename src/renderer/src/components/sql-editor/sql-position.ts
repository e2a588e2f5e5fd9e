import type { Text } from '@codemirror/state';

/** Line and column of an error, counted from 1. */
export interface SqlPosition {
  readonly line: number;
  readonly column: number;
}

const word = /^(\w+|\S)/;

/** The range to mark at a position: the word that starts there, at least one character. */
export function rangeAt(text: Text, { line, column }: SqlPosition): { from: number; to: number } {
  const found = text.line(Math.max(1, Math.min(line, text.lines)));
  const from = Math.min(found.from + Math.max(0, column - 1), found.to);
  const length = word.exec(found.text.slice(from - found.from))?.[0].length ?? 0;
  if (length > 0) return { from, to: from + length };
  // At the end of a line, the last character is marked.
  return { from: Math.max(found.from, from - 1), to: from };
}
