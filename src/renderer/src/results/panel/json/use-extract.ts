import { useMemo, useState } from 'react';
import { jsonColumnType, jsonLeaves, type JsonColumn, type JsonColumnType } from './json-columns';
import { jsonPathText, type JsonPath } from './json-path';
import type { JsonText } from './json-text';
import type { JsonExtract } from './json-tree';

const keyOf = ({ path }: Pick<JsonColumn, 'path'>): string => jsonPathText(path);

/**
 * The keys of a JSON value that are ticked to become columns.
 * @param value null if the cell has none
 */
export function useExtract(value: JsonText | null, onExtract: (columns: readonly JsonColumn[]) => void) {
  const [columns, setColumns] = useState<readonly JsonColumn[]>([]);
  const leaves = useMemo(() => (value ? jsonLeaves(value) : []), [value]);
  const without = (path: JsonPath) => columns.filter((column) => keyOf(column) !== jsonPathText(path));
  const isTicked = (path: JsonPath) => columns.some((column) => keyOf(column) === jsonPathText(path));
  const columnOf = (path: JsonPath, of: JsonText): JsonColumn => ({ path, type: jsonColumnType(of) });
  const tree: JsonExtract = {
    isTicked,
    tick: (path, of) => setColumns(isTicked(path) ? without(path) : [...columns, columnOf(path, of)]),
    one: (path, of) => onExtract([columnOf(path, of)]),
  };
  const bar = {
    columns,
    all: leaves.length,
    onAll: (ticked: boolean) => setColumns(ticked ? leaves.map((leaf) => columnOf(leaf.path, leaf.value)) : []),
    onType: (changed: JsonColumn, type: JsonColumnType) =>
      setColumns(columns.map((column) => (keyOf(column) === keyOf(changed) ? { ...column, type } : column))),
    onExtract: () => onExtract(columns),
  };
  return { tree, bar };
}
