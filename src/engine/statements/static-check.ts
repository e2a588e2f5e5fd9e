import type { DuckDBConnection } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import { actingScalarFunctions, actingTableFunctions, writingParameters } from './known-functions';
import { callsIn, literalText, parseTree } from './parse-tree';

/** Most levels of SQL in strings of SQL. */
const deepest = 5;
const acting: ReadonlySet<string> = new Set([...actingTableFunctions, ...actingScalarFunctions]);
/** Only `query` runs text; `query_table` takes names, and all tables and views only read. */
const runsText = 'query';

/**
 * Finds every place where one of the functions could be called, and some where none is. It searches the plain text:
 * identifiers can't be escaped in DuckDB, so nothing can be hidden from it, as it could be from our tokenizer.
 */
const space = '[\\s\\u200b-\\u200d\\u2060\\ufeff]*';
const suspicious = new RegExp(`(?<![a-z_])(?:${[...acting, runsText].join('|')})"?${space}(?:\\(|--|/\\*)`, 'i');
/**
 * The text allowed before the query of an INSERT, a CREATE or a DELETE, so that its end is certain: no strings, no
 * comments.
 */
const beforeQuery = /^(?:[\w\s.,()]|"[^"]*")*?(?=\b(?:WITH|SELECT|FROM)\b)/i;

/** Such a parameter gets its value by `=`, `:=` or `=>`; a comment may come in between. */
const writing = new RegExp(`(?<![a-z_])(?:${writingParameters.join('|')})"?${space}(?:=|:=|--|/\\*)`, 'i');

/** Whether SQL may call a function with side effects, or run text; false is certain. */
export function isSuspicious(sql: string): boolean {
  return suspicious.test(sql) || writing.test(sql);
}

/**
 * Finds side effects in SQL by its text alone: nothing is bound, so DuckDB has done nothing. The arguments of `query()`
 * are SQL, too. DuckDB evaluates them each time it plans a statement, so only constant text can be checked.
 * @param connection any; the SQL isn't bound on it
 * @returns the reason for a refusal as a sentence, or null
 */
export async function whyActing(sql: string, connection: DuckDBConnection, depth = 0): Promise<string | null> {
  if (!isSuspicious(sql)) return null;
  // Nothing else uses these names, so no parse tree is needed.
  if (writing.test(sql)) return 'Rejected lines of a CSV file would be written to tables; use ignore_errors instead.';
  if (depth > deepest) return `query() is nested in the text of query() more than ${deepest} times.`;
  const tree = await treeOf(sql, connection);
  if (tree === null) return whyNamed(sql);
  for (const { name, arguments: given } of callsIn(tree)) {
    if (acting.has(name)) return effectOf(name);
    if (name !== runsText) continue;
    const text = given.length === 1 ? literalText(given[0]) : null;
    if (text === null) return 'query() needs literal text here: any other text could be a different query each time.';
    const reason = await whyActing(text, connection, depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}

/** The parse tree of a SELECT, or of the query in another statement, if nothing before it could be a call. */
async function treeOf(sql: string, connection: DuckDBConnection): Promise<unknown> {
  const whole = await parseTree(sql, connection);
  if (whole !== null) return whole;
  const before = beforeQuery.exec(sql)?.[0];
  return before && !isSuspicious(before) ? parseTree(sql.slice(before.length), connection) : null;
}

/** The reason for refusing a statement that mentions such a function and has no tree, since it isn't a SELECT. */
function whyNamed(sql: string): string {
  const [name = ''] = /^\w+/.exec(suspicious.exec(sql)?.[0] ?? '') ?? [];
  return name.toLowerCase() === runsText
    ? 'query() can be used in a SELECT without other statements around it only.'
    : effectOf(name.toLowerCase());
}

function effectOf(name: string): string {
  return `${name} does more than read: it affects the warehouse process, files or other databases.`;
}

/** {@link whyActing} as an error. */
export async function refuseActing(
  sql: string,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<void> {
  const reason = await whyActing(sql, connection);
  if (reason !== null) throw refusal(reason);
}
