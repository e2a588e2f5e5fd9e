import { useState, type KeyboardEvent } from 'react';
import { spanOf, type CellPosition, type Selection } from './selection';

export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
}

/** The cell that a key moves to; null for other keys. */
export function moveCell(
  cell: CellPosition,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { rows, columns, pageRows }: GridExtent,
): CellPosition | null {
  const far = ctrlKey || metaKey;
  const to = (row: number, column: number): CellPosition => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(far ? rows - 1 : cell.row + 1, cell.column);
    case 'ArrowUp':
      return to(far ? 0 : cell.row - 1, cell.column);
    case 'ArrowRight':
      return to(cell.row, far ? columns - 1 : cell.column + 1);
    case 'ArrowLeft':
      return to(cell.row, far ? 0 : cell.column - 1);
    case 'PageDown':
      return to(cell.row + pageRows, cell.column);
    case 'PageUp':
      return to(cell.row - pageRows, cell.column);
    case 'Home':
      return to(far ? 0 : cell.row, 0);
    case 'End':
      return to(far ? rows - 1 : cell.row, columns - 1);
    default:
      return null;
  }
}

export interface GridCursor {
  readonly active: CellPosition;
  readonly selection: Selection;
  /** Moves to a cell; with `extend` the selection reaches from its start to there. */
  readonly pick: (cell: CellPosition, extend?: boolean) => void;
  readonly select: (from: CellPosition, to: CellPosition) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The active cell, the selection, and the keys for both. */
export function useActiveCell(getExtent: () => GridExtent, show: (cell: CellPosition) => void): GridCursor {
  const [{ anchor, active }, setCursor] = useState({ anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } });
  const pick = (cell: CellPosition, extend = false) => setCursor({ anchor: extend ? anchor : cell, active: cell });

  const onKeyDown = (event: KeyboardEvent): void => {
    const extent = getExtent();
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setCursor({ anchor: { row: 0, column: 0 }, active: { row: extent.rows - 1, column: extent.columns - 1 } });
      return;
    }
    const next = event.altKey ? null : moveCell(active, event, extent);
    if (!next) return;
    // Otherwise the browser would scroll the grid as well.
    event.preventDefault();
    pick(next, event.shiftKey);
    show(next);
  };

  return {
    active,
    selection: spanOf(anchor, active),
    pick,
    select: (from, to) => setCursor({ anchor: from, active: to }),
    onKeyDown,
  };
}
