import { catalog } from '../../../../../contract/relations';
import type { Engine } from '../../../../../contract/warehouse';
import { plainTrinoName } from '../../../components/sql-editor/trino-names';
import { plainSqlName } from '../../../format/sql-name';
import type { Home } from './cluster-nodes';
import type { SchemaItem } from './schema-nodes';

/** Rows that are read when a source is opened: enough to look around. */
const openedRows = 10_000;

type Reserved = ReadonlySet<string>;

/** How the items of a tree are written in the SQL of its engine. */
export interface SourceSql {
  readonly on: Engine;
  /** The text that stands for an item; null for those that stand for nothing. */
  readonly of: (item: SchemaItem) => string | null;
  readonly open: (from: string) => string;
  readonly describe: (from: string) => string;
  readonly count: (from: string) => string;
  readonly preview: (from: string) => string;
  readonly countBy: (column: string, from: string) => string;
}

const both = {
  open: (from: string) => `SELECT *\nFROM ${from}\nLIMIT ${openedRows};\n`,
  count: (from: string) => `SELECT count(*) AS rows\nFROM ${from};\n`,
  preview: (from: string) => `SELECT * FROM ${from} LIMIT 10`,
};

/** Tables and files of this machine. */
export function localSources(reserved: Reserved): SourceSql {
  return {
    ...both,
    on: 'local',
    of: (item) => itemSql(item, reserved),
    describe: (from) => `DESCRIBE FROM ${from};\n`,
    countBy: (column, from) => `SELECT ${column}, count(*) AS rows\nFROM ${from}\nGROUP BY ALL\nORDER BY rows DESC;\n`,
  };
}

/** Tables of the cluster. Those of the results need no catalog and schema. */
export function clusterSources({ resultsCatalog, resultsSchema }: Home): SourceSql {
  const home = [resultsCatalog, resultsSchema].map((name) => name.toLowerCase());
  return {
    ...both,
    on: 'cluster',
    of: (item) => {
      if (item.kind !== 'remote') return null;
      if (item.of === 'column') return plainTrinoName(item.name);
      const isOwn = item.of === 'table' && home.every((name, place) => item.path[place]?.toLowerCase() === name);
      return (isOwn ? item.path.slice(2) : item.path).map(plainTrinoName).join('.');
    },
    describe: (from) => `DESCRIBE ${from};\n`,
    countBy: (column, from) => `SELECT ${column}, count(*) AS rows\nFROM ${from}\nGROUP BY 1\nORDER BY 2 DESC;\n`,
  };
}

/** A table as SQL refers to it. A name that a temporary table has as well would mean that one. */
function tableSql({ table, hidden }: Extract<SchemaItem, { kind: 'table' }>, reserved: Reserved): string {
  const { schema, name, sessionId } = table;
  const own = plainSqlName(name, reserved);
  if (hidden) return `${catalog}.${schema}.${own}`;
  return schema === 'main' || sessionId !== null ? own : `${plainSqlName(schema, reserved)}.${own}`;
}

/** The text that stands for an item of this machine in SQL; null for those that stand for nothing. */
export function itemSql(item: SchemaItem, reserved: Reserved): string | null {
  if (item.kind === 'table') return tableSql(item, reserved);
  if (item.kind === 'file') return item.file.sql;
  return item.kind === 'column' ? plainSqlName(item.column.name, reserved) : null;
}
