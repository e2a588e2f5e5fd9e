import type { KeyboardEvent, MouseEvent } from 'react';
import { onceReleased } from '../../components/overlays/once-released';
import { cellId, type ResultCell } from './grid-row';
import type { GridCursor } from './use-active-cell';

/** Where a context menu opens: on a cell, or on the number of a row. */
export interface GridMenuTarget extends ResultCell {
  readonly kind: 'cell' | 'row';
  /** In pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface GridMenuOptions {
  readonly cursor: GridCursor;
  /** The visible columns, by index in the result. */
  readonly order: readonly number[];
  readonly gridId: string;
  readonly onPickRow: (row: number, extend: boolean) => void;
  readonly onMenu: ((target: GridMenuTarget) => void) | undefined;
}

/** Opens the context menu of a cell or a row, by the mouse or by keys, and selects its target. */
export function useGridMenu({ cursor, order, gridId, onPickRow, onMenu }: GridMenuOptions) {
  const { active, selection, pick } = cursor;
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const element = target?.closest('[role=gridcell], [role=rowheader]');
    if (!onMenu || !element) return;
    event.preventDefault();
    const kind = element.getAttribute('role') === 'rowheader' ? 'row' : 'cell';
    // The grid counts from 1, and the first row and column are headers.
    const row = Number(element.closest('[role=row]')?.getAttribute('aria-rowindex')) - 2;
    const position = kind === 'row' ? 0 : Number(element.getAttribute('aria-colindex')) - 2;
    const inRows = row >= selection.firstRow && row <= selection.lastRow;
    if (kind === 'row' && !(inRows && selection.lastColumn - selection.firstColumn === order.length - 1)) {
      onPickRow(row, false);
    }
    const inColumns = position >= selection.firstColumn && position <= selection.lastColumn;
    if (kind === 'cell' && !(inRows && inColumns)) pick({ row, column: position });
    const at = { x: event.clientX, y: event.clientY };
    onceReleased(event, () => onMenu({ kind, row, column: order[position] ?? 0, at }));
  };
  /** @returns whether the key has opened the menu */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!onMenu || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return false;
    event.preventDefault();
    const { left = 0, bottom = 0 } = document.getElementById(cellId(gridId, active))?.getBoundingClientRect() ?? {};
    onMenu({ kind: 'cell', row: active.row, column: order[active.column] ?? 0, at: { x: left, y: bottom } });
    return true;
  };
  return { onContextMenu, onKeyDown };
}
