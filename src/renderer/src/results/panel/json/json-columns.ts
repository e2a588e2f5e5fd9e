import { sqlName, sqlText } from '../../../format/sql-name';
import { jsonPathText, type JsonPath } from './json-path';
import type { JsonText } from './json-text';

/** Types that a value inside JSON can be read as. */
export const jsonColumnTypes = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'JSON'] as const;
export type JsonColumnType = (typeof jsonColumnTypes)[number];

/** A value inside JSON that becomes a column. */
export interface JsonColumn {
  readonly path: JsonPath;
  readonly type: JsonColumnType;
}

/** The type that a value looks like. */
export function jsonColumnType(value: JsonText): JsonColumnType {
  if (value.kind === 'object' || value.kind === 'array') return 'JSON';
  if (value.kind === 'string') {
    if (/^\d{4}-\d\d-\d\d$/.test(value.value)) return 'DATE';
    return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?$/.test(value.value) ? 'TIMESTAMP' : 'VARCHAR';
  }
  if (value.source === 'true' || value.source === 'false') return 'BOOLEAN';
  if (/^-?\d{1,18}$/.test(value.source)) return 'BIGINT';
  return /^-?\d/.test(value.source) ? 'DOUBLE' : 'VARCHAR';
}

/** The values in an object that are neither objects nor arrays, by path; no deeper than three keys. */
export function jsonLeaves(value: JsonText, path: JsonPath = []): { path: JsonPath; value: JsonText }[] {
  if (value.kind !== 'object') return path.length > 0 && value.kind !== 'array' ? [{ path, value }] : [];
  if (path.length >= 3) return [];
  return value.entries.flatMap(({ step, hidden, value: inner }) => (hidden ? [] : jsonLeaves(inner, [...path, step])));
}

/**
 * The statement with more columns: values inside one of its columns. A value of another type becomes NULL.
 * @param statement one that can stand inside another, see `embeddable`
 * @param names of the columns that it has already
 */
export function extractedColumnsSql(
  statement: string,
  source: { readonly name: string; readonly type: string },
  columns: readonly JsonColumn[],
  names: readonly string[],
): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const lines = columns.map((column) => {
    const alias = freeName(aliasOf(column.path, source.name), taken);
    return `  ${valueSql(source, column)} AS ${sqlName(alias)}`;
  });
  return `SELECT *,\n${lines.join(',\n')}\nFROM (\n${statement}\n)`;
}

function valueSql({ name, type }: { readonly name: string; readonly type: string }, column: JsonColumn): string {
  // Text that is no JSON would fail the whole statement.
  const json =
    type === 'JSON'
      ? sqlName(name)
      : type === 'VARCHAR'
        ? `TRY_CAST(${sqlName(name)} AS JSON)`
        : `to_json(${sqlName(name)})`;
  const value = `${json} ${column.type === 'JSON' ? '->' : '->>'} ${sqlText(jsonPathText(column.path))}`;
  return column.type === 'VARCHAR' || column.type === 'JSON' ? value : `TRY_CAST(${value} AS ${column.type})`;
}

function aliasOf(path: JsonPath, column: string): string {
  const last = path.findLast((step) => typeof step === 'string');
  return typeof last === 'string' && last !== '' ? last : `${column}_value`;
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}_${number}`;
  taken.add(free.toLowerCase());
  return free;
}
