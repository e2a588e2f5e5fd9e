import { describe, expect, it } from 'vitest';
import { moveCell } from './use-active-cell';

const extent = { rows: 100, columns: 5, pageRows: 20 };
const press = (key: string, row = 50, column = 2, ctrlKey = false) =>
  moveCell({ row, column }, { key, ctrlKey, metaKey: false }, extent);

describe('moveCell', () => {
  it('moves by cells, pages and to the ends', () => {
    expect(press('ArrowDown')).toEqual({ row: 51, column: 2 });
    expect(press('ArrowLeft')).toEqual({ row: 50, column: 1 });
    expect(press('PageUp')).toEqual({ row: 30, column: 2 });
    expect(press('End')).toEqual({ row: 50, column: 4 });
    expect(press('Home', 50, 2, true)).toEqual({ row: 0, column: 0 });
    expect(press('ArrowDown', 50, 2, true)).toEqual({ row: 99, column: 2 });
  });

  it('stays inside', () => {
    expect(press('PageDown', 95)).toEqual({ row: 99, column: 2 });
    expect(press('ArrowUp', 0, 0)).toEqual({ row: 0, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect(press('a')).toBeNull();
    expect(press('Tab')).toBeNull();
  });
});
