import type { ClusterContents, ClusterName } from '../../../../../contract/cluster';
import { noteNode, type SchemaNode } from './schema-nodes';
import type { SchemaFolds } from './schema-rows';

/** What is in a place of the cluster; null while it is being read. */
export type Contents = ClusterContents | { readonly problem: string } | null;

/** The catalog and schema of the results, which are unfolded at first. */
export interface Home {
  readonly resultsCatalog: string;
  readonly resultsSchema: string;
}

/** The id of a place: contents and folds are kept by it. */
export const placeId = (path: readonly string[]): string => `remote ${JSON.stringify(path)}`;

/**
 * The catalogs, schemas, tables and columns of the cluster, as far as they have been read.
 * @param contents by {@link placeId}
 */
export function clusterNodes(contents: ReadonlyMap<string, Contents>, home: Home): SchemaNode[] {
  const nodesIn = (path: readonly string[]): SchemaNode[] => {
    const id = placeId(path);
    const known = contents.get(id) ?? null;
    if (known === null) return [noteNode(id, 'Reading…')];
    if ('problem' in known) return [noteNode(id, known.problem)];
    if (known.names.length === 0) return [noteNode(id, 'Empty, or hidden from you.')];
    // A server may list a name twice.
    const nodes = known.names.map((name, place) => nodeOf(name, path, place));
    return known.truncated ? [...nodes, noteNode(id, 'There are more than are listed here.')] : nodes;
  };
  const nodeOf = ({ name, kind, type }: ClusterName, parent: readonly string[], place: number): SchemaNode => {
    const path = [...parent, name];
    const isColumn = kind === 'column';
    return {
      id: isColumn ? `${placeId(parent)} column ${place}` : placeId(path),
      item: { kind: 'remote', of: kind, path, name, type },
      children: isColumn ? null : () => nodesIn(path),
      opened: isHome(path, home),
    };
  };
  return nodesIn([]);
}

/**
 * The places to read: the catalogs, and everything that is unfolded below what is known.
 * @param read what has been read of a place; null for nothing yet
 */
export function placesToRead(
  read: (path: readonly string[]) => ClusterContents | null,
  folds: SchemaFolds,
  home: Home,
): (readonly string[])[] {
  const inside = (path: readonly string[]): (readonly string[])[] => {
    const below = (read(path)?.names ?? []).flatMap(({ name, kind }) => {
      const inner = [...path, name];
      const isOpen = kind !== 'column' && (folds[placeId(inner)] ?? isHome(inner, home));
      return isOpen ? inside(inner) : [];
    });
    return [path, ...below];
  };
  return inside([]);
}

function isHome(path: readonly string[], { resultsCatalog, resultsSchema }: Home): boolean {
  const [catalog, schema] = path;
  if (path.length > 2 || catalog?.toLowerCase() !== resultsCatalog.toLowerCase()) return false;
  return schema === undefined || schema.toLowerCase() === resultsSchema.toLowerCase();
}
