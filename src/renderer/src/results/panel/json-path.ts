import { sqlName, sqlText } from '../../format/sql-name';

export type JsonPath = readonly (string | number)[];

/** Keys that a JSON path can express: not `*`, which means all keys, and not the empty key. */
const pathKey = /^[^"\\*\0]+$/;

/**
 * A path in the syntax of DuckDB's JSON functions: `$.items[0]."a b"`; a JSON pointer (`/items/0/*`) for keys that need
 * it.
 */
export function jsonPathText(path: JsonPath): string {
  if (path.some((step) => typeof step === 'string' && !pathKey.test(step))) return jsonPointer(path);
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return /^[A-Za-z_]\w*$/.test(step) ? `${text}.${step}` : `${text}."${step}"`;
  }, '$');
}

function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * An expression that extracts the value at a path of a column: by JSON path from text, step by step from nested types.
 */
function extractSql(column: string, type: string, path: JsonPath): string {
  const name = sqlName(column);
  if (type === 'VARCHAR' || type === 'JSON') return `${name} ->> ${sqlText(jsonPathText(path))}`;
  if (/^(STRUCT|MAP|UNION)\(|\]$/.test(type)) return `to_json(${name}) ->> ${sqlText(jsonPathText(path))}`;
  return name;
}

/**
 * The statement with one more column: what lies at a path in each row.
 * @param statement one that can stand inside another, see `embeddable`
 */
export function extractedColumnSql(statement: string, column: string, type: string, path: JsonPath): string {
  const last = path.findLast((step) => typeof step === 'string');
  const alias = sqlName(typeof last === 'string' ? last : `${column}_value`);
  return `SELECT *, ${extractSql(column, type, path)} AS ${alias}\nFROM (\n${statement}\n)`;
}
