import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { rangeAt } from './sql-position';

const text = Text.of(['SELECT wrong_name', 'FROM silver_events +', '']);
const marked = (line: number, column: number) => {
  const { from, to } = rangeAt(text, { line, column });
  return text.sliceString(from, to);
};

describe('rangeAt', () => {
  it('marks the word at the position', () => {
    expect(marked(1, 8)).toBe('wrong_name');
    expect(marked(2, 6)).toBe('silver_events');
    expect(marked(2, 20)).toBe('+');
  });

  it('marks the last character where a line has ended', () => {
    expect(marked(1, 99)).toBe('e');
  });

  it('stays inside the text', () => {
    expect(marked(9, 1)).toBe('');
    expect(rangeAt(text, { line: 0, column: 0 })).toEqual({ from: 0, to: 6 });
  });
});
