import { describe, expect, it } from 'vitest';
import { columnWidth } from './column-layout';

describe('columnWidth', () => {
  it('fits the longest of name, type and values', () => {
    const short = columnWidth({ name: 'n', type: 'DATE' }, ['2024-01-01']);
    expect(columnWidth({ name: 'a_rather_long_name', type: 'DATE' }, ['2024-01-01'])).toBeGreaterThan(short);
    expect(columnWidth({ name: 'n', type: 'DATE' }, ['2024-01-01', 'a longer value than that'])).toBeGreaterThan(short);
  });

  it('stays within bounds', () => {
    expect(columnWidth({ name: '', type: '' }, [])).toBe(64);
    expect(columnWidth({ name: 'json', type: 'VARCHAR' }, ['x'.repeat(2000)])).toBe(380);
  });
});
