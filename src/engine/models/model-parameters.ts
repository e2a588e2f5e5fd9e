import type { Parameter } from '../../contract/results';
import { parameterTypes } from '../../contract/results';
import { sqlTokens } from '../../contract/text/sql-text';
import { quoteText } from '../sql/quote';

/** A `$name` parameter of a user model, and its default in the header of the file: a constant of SQL. */
export interface ModelParameter {
  readonly name: string;
  readonly constant: string;
}

const text = /'(?:[^']|'')*'/;
const plain = new RegExp(`^(?:-?\\d+(?:\\.\\d+)?|TRUE|FALSE|NULL|${text.source})$`, 'i');
const typed = new RegExp(`^(?<type>${parameterTypes.join('|')})\\s+(?<value>NULL|${text.source})$`, 'i');

/**
 * The constant that a header gives for a parameter: `7`, `'purchase'`, `TRUE`, `NULL`, or a type and a text, such as
 * `DATE '2025-01-06'`.
 * @returns null if the text is anything else
 */
export function constantOf(written: string): string | null {
  const { type, value } = typed.exec(written)?.groups ?? {};
  if (type !== undefined && value !== undefined) return `CAST(${value} AS ${type.toUpperCase()})`;
  return plain.test(written) ? written : null;
}

/** The opposite of {@link constantOf}: a parameter's value as the header says it. Line breaks have no place there. */
export function writtenValue({ type, value }: Parameter): string {
  return `${type} ${value === null ? 'NULL' : quoteText(value.replace(/\s+/g, ' '))}`;
}

/** A value in a header as the window shows and edits it; null for a constant that the window can't. */
export function parameterOf(written: string): Parameter | null {
  const { type, value } = typed.exec(written)?.groups ?? {};
  const known = parameterTypes.find((candidate) => candidate === type?.toUpperCase());
  if (known && value !== undefined) return { type: known, value: unquoted(value) };
  if (/^-?\d+$/.test(written)) return { type: 'BIGINT', value: written };
  if (/^-?\d+\.\d+$/.test(written)) return { type: 'DOUBLE', value: written };
  if (/^(?:true|false)$/i.test(written)) return { type: 'BOOLEAN', value: written.toLowerCase() };
  return plain.test(written) ? { type: 'VARCHAR', value: unquoted(written) } : null;
}

function unquoted(constant: string): string | null {
  return constant.startsWith("'") ? constant.slice(1, -1).replaceAll("''", "'") : null;
}

/** The SQL with its parameters replaced by their defaults; one without a default stays. */
export function withDefaults(sql: string, parameters: readonly ModelParameter[]): string {
  if (parameters.length === 0) return sql;
  const constants = new Map(parameters.map(({ name, constant }) => [name, constant]));
  let filled = '';
  for (const { kind, from, to } of sqlTokens(sql)) {
    const token = sql.slice(from, to);
    filled += (kind === 'parameter' ? constants.get(token.slice(1)) : undefined) ?? token;
  }
  return filled;
}
