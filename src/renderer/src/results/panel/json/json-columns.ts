import type { Column } from '../../../../../contract/column-type';
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
 * @param place index of the column among `present`
 * @param present the columns that it has already
 */
export function extractedColumnsSql(
  statement: string,
  place: number,
  columns: readonly JsonColumn[],
  present: readonly Column[],
): string {
  const { names, renamed } = namesOf(present, place);
  const source = { name: names[place] ?? '', type: present[place]?.type ?? '' };
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const lines = columns.map((column) => {
    const alias = freeName(aliasOf(column.path, source.name), taken);
    return `  ${valueSql(source, column)} AS ${sqlName(alias)}`;
  });
  return `SELECT *,\n${lines.join(',\n')}\nFROM (\n${statement}\n)${renamed ? ` AS result(${names.map(sqlName).join(', ')})` : ''}`;
}

/** Names by which the statement's columns can be told apart: other ones only if the name of the column isn't enough. */
function namesOf(present: readonly Column[], place: number): { names: readonly string[]; renamed: boolean } {
  const given = present.map(({ name }) => name);
  const own = given[place]?.toLowerCase();
  const renamed = own === '' || given.filter((name) => name.toLowerCase() === own).length > 1;
  if (!renamed) return { names: given, renamed };
  const taken = new Set<string>();
  return { names: given.map((name, index) => freeName(name || `column${index}`, taken)), renamed };
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
  if (column.type === 'VARCHAR' || column.type === 'JSON') return value;
  const form = forms[column.type];
  return `TRY_CAST(${form === undefined ? value : `regexp_extract(${value}, ${sqlText(form)})`} AS ${column.type})`;
}

/** DuckDB would round `2.5` to an integer and cut the time off a timestamp: a value of another form becomes NULL. */
const forms: Partial<Record<JsonColumnType, string>> = {
  BIGINT: String.raw`^-?[0-9]+(\.0+)?$`,
  DATE: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
};

function aliasOf(path: JsonPath, column: string): string {
  const last = path.findLast((step) => typeof step === 'string');
  // SQL can't write a NUL in a name.
  return typeof last === 'string' && last !== '' ? last.replaceAll('\0', '␀') : `${column}_value`;
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}_${number}`;
  taken.add(free.toLowerCase());
  return free;
}
