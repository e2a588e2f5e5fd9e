import type { SchemaItem, SchemaNode } from './schema-nodes';

/** A line of the tree as it is drawn. */
export interface SchemaRow {
  readonly id: string;
  readonly item: SchemaItem;
  /** From 1. */
  readonly level: number;
  /** Among the rows with the same parent, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Null for rows that can't be unfolded. */
  readonly open: boolean | null;
  readonly parent: string | null;
}

/** The nodes that the user has unfolded (true) or folded (false); all others are as they are at first. */
export type SchemaFolds = Readonly<Record<string, boolean>>;

/**
 * The visible rows of the tree.
 * @param search only nodes with this text, and those above and below them; empty for all
 */
export function schemaRows(roots: readonly SchemaNode[], folds: SchemaFolds, search = ''): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const wanted = search.trim().toLowerCase();
  const add = (nodes: readonly SchemaNode[], level: number, parent: string | null) => {
    for (const [index, node] of nodes.entries()) {
      const { id, item, children, opened } = node;
      const open = children === null ? null : (folds[id] ?? opened);
      rows.push({ id, item, level, position: index + 1, siblings: nodes.length, open, parent });
      if (open && children) add(children(), level + 1, id);
    }
  };
  add(wanted === '' ? roots : found(roots, wanted), 1, null);
  return rows;
}

/** Nodes with the text, and those that lead to one, unfolded. */
function found(nodes: readonly SchemaNode[], wanted: string): SchemaNode[] {
  return nodes.flatMap((node) => {
    const own = isFound(node.item, wanted);
    const inner = node.children ? found(node.children(), wanted) : [];
    // The columns of a table that is found by its name are all there, folded.
    if (inner.length === 0) return own ? [node] : [];
    return [{ ...node, children: () => inner, opened: true }];
  });
}

function isFound(item: SchemaItem, wanted: string): boolean {
  const has = (text: string) => text.toLowerCase().includes(wanted);
  if (item.kind === 'table') return has(item.table.name);
  if (item.kind === 'column') return has(item.column.name);
  if (item.kind === 'file') return has(item.file.path);
  if (item.kind === 'remote') return has(item.name);
  return false;
}

/** The row that a key of the keyboard moves to, by index; null for other keys. */
export function moveInTree(rows: readonly SchemaRow[], from: number, key: string, page: number): number | null {
  const last = rows.length - 1;
  const to = (index: number) => Math.max(0, Math.min(last, index));
  const row = rows[from];
  switch (key) {
    case 'ArrowDown':
      return to(from + 1);
    case 'ArrowUp':
      return to(from - 1);
    case 'PageDown':
      return to(from + page);
    case 'PageUp':
      return to(from - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowRight':
      return row?.open ? to(from + 1) : null;
    case 'ArrowLeft':
      return row?.parent && !row.open ? rows.findIndex(({ id }) => id === row.parent) : null;
    default:
      return null;
  }
}
