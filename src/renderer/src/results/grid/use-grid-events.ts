import { useEffect, useMemo, useRef } from 'react';
import type { CellPosition } from './selection';
import type { GridCursor } from './use-active-cell';

/** Mouse handlers of the grid, as stable functions: rows only re-render when they change. */
export function useGridEvents(cursor: GridCursor, rows: number, columns: number, onOpen: (() => void) | undefined) {
  const latest = useRef({ cursor, rows, columns, onOpen });
  useEffect(() => {
    latest.current = { cursor, rows, columns, onOpen };
  });
  return useMemo(
    () => ({
      onPick: (cell: CellPosition, extend: boolean) => latest.current.cursor.pick(cell, extend),
      onPickRow: (row: number, extend: boolean) => {
        const {
          cursor: { active, select, selection },
          columns: count,
        } = latest.current;
        const from = extend ? (active.row === selection.firstRow ? selection.lastRow : selection.firstRow) : row;
        select({ row: from, column: 0 }, { row, column: count - 1 });
      },
      pickColumn: (column: number, extend: boolean) => {
        const {
          cursor: { active, select, selection },
          rows: count,
        } = latest.current;
        const { firstColumn, lastColumn } = selection;
        const from = extend ? (active.column === firstColumn ? lastColumn : firstColumn) : column;
        select({ row: count - 1, column: from }, { row: 0, column });
      },
      onOpen: (cell: CellPosition) => {
        latest.current.cursor.pick(cell);
        latest.current.onOpen?.();
      },
    }),
    [],
  );
}
