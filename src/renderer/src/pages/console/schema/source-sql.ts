import { catalog } from '../../../../../contract/relations';
import { plainSqlName } from '../../../format/sql-name';
import type { SchemaItem } from './schema-nodes';

/** Rows that are read when a source is opened: enough to look around. */
const openedRows = 10_000;

type Reserved = ReadonlySet<string>;

/** A table as SQL refers to it. A name that a temporary table has as well would mean that one. */
function tableSql({ table, hidden }: Extract<SchemaItem, { kind: 'table' }>, reserved: Reserved): string {
  const { schema, name, sessionId } = table;
  const own = plainSqlName(name, reserved);
  if (hidden) return `${catalog}.${schema}.${own}`;
  return schema === 'main' || sessionId !== null ? own : `${plainSqlName(schema, reserved)}.${own}`;
}

/** The text that stands for an item in SQL; null for those that stand for nothing. */
export function itemSql(item: SchemaItem, reserved: Reserved): string | null {
  if (item.kind === 'table') return tableSql(item, reserved);
  if (item.kind === 'file') return item.file.sql;
  return item.kind === 'column' ? plainSqlName(item.column.name, reserved) : null;
}

export const sourceStatements = {
  open: (from: string) => `SELECT *\nFROM ${from}\nLIMIT ${openedRows};\n`,
  describe: (from: string) => `DESCRIBE FROM ${from};\n`,
  count: (from: string) => `SELECT count(*) AS rows\nFROM ${from};\n`,
  preview: (from: string) => `SELECT * FROM ${from} LIMIT 10`,
} as const;
