import { nodeWidth, type LineageEdge, type LineageLayout, type LineageNode } from './layout';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export const isDirection = (key: string): key is Direction =>
  key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';

/**
 * The model that an arrow key leads to: right to a reader, left to a source, otherwise to the nearest in that
 * direction; up and down within the layer. Null for none.
 */
export function neighbourOf({ nodes, edges }: LineageLayout, name: string, direction: Direction): LineageNode | null {
  const from = nodes.find((node) => node.name === name);
  if (!from) return null;
  const others = nodes.filter((node) => node !== from && node.model !== null);
  if (direction === 'ArrowUp' || direction === 'ArrowDown') {
    const layer = nodes.filter((node) => node.layer === from.layer && node.model !== null);
    return layer[layer.indexOf(from) + (direction === 'ArrowDown' ? 1 : -1)] ?? null;
  }
  // Dependencies within a column are reached by up and down.
  const ahead = ({ x }: LineageNode) => (direction === 'ArrowRight' ? x - from.x : from.x - x) >= nodeWidth;
  const linked = new Set(
    direction === 'ArrowRight'
      ? edges.filter((edge) => edge.from === name).map(({ to }) => to)
      : edges.filter((edge) => edge.to === name).map((edge) => edge.from),
  );
  const candidates = others.filter(ahead);
  const preferred = candidates.filter((node) => linked.has(node.name));
  return nearest(preferred.length > 0 ? preferred : candidates, from);
}

function nearest(nodes: readonly LineageNode[], { x, y }: LineageNode): LineageNode | null {
  const distance = (node: LineageNode) => Math.abs(node.x - x) + 2 * Math.abs(node.y - y);
  return nodes.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

export interface Relatives {
  /** All direct and indirect sources of a model, and itself. */
  readonly sources: ReadonlySet<string>;
  /** All direct and indirect readers of it, and itself. */
  readonly readers: ReadonlySet<string>;
}

export function relativesOf(edges: readonly LineageEdge[], name: string): Relatives {
  return {
    sources: reached(name, (model) => edges.filter(({ to }) => to === model).map(({ from }) => from)),
    readers: reached(name, (model) => edges.filter(({ from }) => from === model).map(({ to }) => to)),
  };
}

function reached(start: string, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start]);
  // Iterating over a Set includes items added meanwhile.
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}
