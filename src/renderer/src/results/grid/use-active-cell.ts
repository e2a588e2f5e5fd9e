import { useState, type KeyboardEvent } from 'react';

export interface ActiveCell {
  readonly row: number;
  readonly column: number;
}

export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
}

/** Where a key moves the active cell of a grid; null for keys that move nothing. */
export function moveCell(
  cell: ActiveCell,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { rows, columns, pageRows }: GridExtent,
): ActiveCell | null {
  const far = ctrlKey || metaKey;
  const to = (row: number, column: number): ActiveCell => ({
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

/** The cell that the keyboard is at, and the keys that move it. */
export function useActiveCell(getExtent: () => GridExtent, show: (cell: ActiveCell) => void) {
  const [active, setActive] = useState<ActiveCell>({ row: 0, column: 0 });

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveCell(active, event, getExtent());
    if (!next) return;
    // The browser would scroll the grid as well.
    event.preventDefault();
    setActive(next);
    show(next);
  };

  return { active, setActive, onKeyDown };
}
