import type { KeyboardEvent } from 'react';
import { moveInTree, type SchemaRow } from './schema-rows';

export interface TreeKeys {
  readonly rows: readonly SchemaRow[];
  /** Index of the active row. */
  readonly active: number;
  readonly pageRows: () => number;
  readonly goTo: (index: number) => void;
  readonly onFold: (row: SchemaRow, open: boolean) => void;
  readonly onEnter: (row: SchemaRow) => void;
  readonly onSpace: (row: SchemaRow) => void;
  /** Null if there is nothing to close. */
  readonly onEscape: (() => void) | null;
  readonly onMenu: (row: SchemaRow) => void;
}

/** The keys of the tree: those of every tree, and those of its commands. */
export function useTreeKeys({ rows, active, pageRows, goTo, onFold, ...on }: TreeKeys) {
  return (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveInTree(rows, active, event.key, pageRows());
    if (next !== null) goTo(next);
    else if (event.key === 'ArrowRight' && row.open === false) onFold(row, true);
    else if (event.key === 'ArrowLeft' && row.open) onFold(row, false);
    else if (event.key === 'Enter') on.onEnter(row);
    else if (event.key === ' ') on.onSpace(row);
    else if (event.key === 'Escape' && on.onEscape) on.onEscape();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) on.onMenu(row);
    else return;
    event.preventDefault();
  };
}
