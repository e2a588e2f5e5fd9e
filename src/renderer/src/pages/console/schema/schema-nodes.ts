import type { ClusterName } from '../../../../../contract/cluster';
import type { Column } from '../../../../../contract/column-type';
import type { SqlTable } from '../../../../../contract/language';
import { printable } from '../../../../../contract/text/printable';
import type { Source, SourceFile, SourceFiles } from '../../../../../contract/sources';
import type { Model } from '../../../../../contract/warehouse';

/** Folders with more entries than that are folded at first. */
const mostOpened = 60;

/** The columns of a file; null while they are being read. */
export type FileColumns = { readonly columns: readonly Column[] } | { readonly problem: string } | null;

/** The nodes of the tree. */
export interface SchemaParts {
  readonly tables: readonly SqlTable[];
  /** Temporary tables and views of the selected tab. */
  readonly temporary: readonly SqlTable[];
  readonly models: readonly Pick<Model, 'name' | 'layer' | 'summary' | 'built'>[];
  readonly files: SourceFiles;
  /** By path; only files that have been unfolded have an entry. */
  readonly fileColumns: ReadonlyMap<string, FileColumns>;
}

export type SchemaItem =
  | { readonly kind: 'group'; readonly title: string; readonly count: number; readonly unit: 'table' | 'file' }
  | {
      readonly kind: 'table';
      readonly table: SqlTable;
      readonly source: Source;
      /** Null for a table that no model has built. */
      readonly model: SchemaParts['models'][number] | null;
      /** Whether a temporary table of the selected tab has the same name, which then means that one. */
      readonly hidden: boolean;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly name: string; readonly count: number }
  | { readonly kind: 'file'; readonly file: SourceFile; readonly name: string; readonly source: Source }
  | { readonly kind: 'column'; readonly column: Column; readonly source: Source }
  | {
      readonly kind: 'remote';
      readonly of: ClusterName['kind'];
      /** From the catalog on, without quotes. */
      readonly path: readonly string[];
      readonly name: string;
      /** Of a column. */
      readonly type: string | null;
    }
  | { readonly kind: 'note'; readonly text: string };

export interface SchemaNode {
  readonly id: string;
  readonly item: SchemaItem;
  /** Null for nodes that can't be unfolded. */
  readonly children: (() => readonly SchemaNode[]) | null;
  readonly opened: boolean;
}

/** A table or view as something to read from. */
export function sourceOf({ schema, name, sessionId }: SqlTable): Source {
  return sessionId === null ? { kind: 'table', schema, name } : { kind: 'temporary', sessionId, name };
}

const layerTitles = [
  ['bronze', 'Bronze'],
  ['silver', 'Silver'],
  ['gold', 'Gold'],
] as const;

/** The roots of the tree: layers, temporary and other tables of the user, files, records of refreshes. */
export function schemaNodes({ tables, temporary, models, files, fileColumns }: SchemaParts): SchemaNode[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const modelOf = ({ schema, name }: SqlTable) => (schema === 'main' ? (byName.get(name) ?? null) : null);
  const hiding = new Set(temporary.map(({ name }) => name.toLowerCase()));
  const nodes = tables.map((table) => {
    const hidden = table.schema === 'main' && hiding.has(table.name.toLowerCase());
    return { table, model: modelOf(table), node: tableNode(table, modelOf(table), hidden) };
  });
  const layers = layerTitles.flatMap(([layer, title]) =>
    groupNode(
      layer,
      title,
      nodes.flatMap(({ model, node }) => (model?.layer === layer ? [node] : [])),
    ),
  );
  const own = nodes.flatMap(({ table, model, node }) => (model === null && !table.records ? [node] : []));
  const records = nodes.flatMap(({ table, model, node }) => (model === null && table.records ? [node] : []));
  return [
    ...layers,
    ...groupNode(
      'temporary',
      'Temporary, in this tab',
      temporary.map((table) => tableNode(table, null)),
    ),
    ...groupNode('tables', 'Your tables', own),
    ...groupNode('files', 'Files', fileNodes(files, fileColumns), true, files.files.length),
    ...groupNode('records', 'Records of refreshes', records, false),
  ];
}

function groupNode(
  id: string,
  title: string,
  children: readonly SchemaNode[],
  opened = true,
  count = children.length,
): SchemaNode[] {
  if (children.length === 0) return [];
  return [
    {
      id: `group ${id}`,
      item: { kind: 'group', title, count, unit: id === 'files' ? 'file' : 'table' },
      children: () => children,
      opened,
    },
  ];
}

function tableNode(table: SqlTable, model: SchemaParts['models'][number] | null, hidden = false): SchemaNode {
  const source = sourceOf(table);
  const id = `${source.kind} ${JSON.stringify([table.schema, table.name])}`;
  return {
    id,
    item: { kind: 'table', table, source, model, hidden },
    children: () => columnNodes(id, table.columns, source),
    opened: false,
  };
}

function columnNodes(parent: string, columns: readonly Column[], source: Source): SchemaNode[] {
  // Names of a file may repeat.
  return columns.map((column, place) => ({
    id: `${parent} column ${place}`,
    item: { kind: 'column', column, source },
    children: null,
    opened: false,
  }));
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: SourceFile[];
}

const emptyFolder = (): Folder => ({ folders: new Map(), files: [] });

function fileNodes({ files, truncated }: SourceFiles, fileColumns: SchemaParts['fileColumns']): SchemaNode[] {
  const root = emptyFolder();
  for (const file of files) {
    let folder = root;
    for (const part of file.path.split('/').slice(0, -1)) {
      const inner = folder.folders.get(part) ?? emptyFolder();
      folder.folders.set(part, inner);
      folder = inner;
    }
    folder.files.push(file);
  }
  const nodes = folderContent(root, '', fileColumns);
  return truncated ? [...nodes, noteNode('files', 'There are more files than are listed here.')] : nodes;
}

function folderContent(
  { folders, files }: Folder,
  path: string,
  fileColumns: SchemaParts['fileColumns'],
): SchemaNode[] {
  const inner = [...folders].map(([name, folder]): SchemaNode => {
    const place = path === '' ? name : `${path}/${name}`;
    const count = folder.folders.size + folder.files.length;
    return {
      id: `folder ${place}`,
      item: { kind: 'folder', path: place, name, count },
      children: () => folderContent(folder, place, fileColumns),
      opened: path === '' && count <= mostOpened,
    };
  });
  const own = files.map((file) => fileNode(file, fileColumns));
  // Files that the user has put into the workspace come before the folders that the app fills.
  return path === '' ? [...own, ...inner] : [...inner, ...own];
}

function fileNode(file: SourceFile, fileColumns: SchemaParts['fileColumns']): SchemaNode {
  const id = `file ${file.path}`;
  const source: Source = { kind: 'file', path: file.path };
  const children = (): SchemaNode[] => {
    const known = fileColumns.get(file.path) ?? null;
    if (known === null) return [noteNode(id, 'Reading…')];
    return 'problem' in known ? [noteNode(id, known.problem)] : columnNodes(id, known.columns, source);
  };
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return { id, item: { kind: 'file', file, name, source }, children, opened: false };
}

export const noteNode = (parent: string, text: string): SchemaNode => ({
  id: `${parent} note`,
  item: { kind: 'note', text },
  children: null,
  opened: false,
});

/** The name of an item as it is shown: names of files may have any characters. */
export function nameOf(item: SchemaItem): string {
  switch (item.kind) {
    case 'group':
      return item.title;
    case 'table':
      return printable(item.table.schema === 'main' ? item.table.name : `${item.table.schema}.${item.table.name}`);
    case 'column':
      return printable(item.column.name);
    case 'note':
      return item.text;
    default:
      return printable(item.name);
  }
}
