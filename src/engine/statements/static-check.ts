import type { DuckDBConnection } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import { actingScalarFunctions, actingTableFunctions, writingParameters } from './known-functions';
import { callsIn, literalText, parseTree } from './parse-tree';

/** SQL may be quoted in SQL, which may be quoted again; nobody needs more. */
const deepest = 5;
const acting: ReadonlySet<string> = new Set([...actingTableFunctions, ...actingScalarFunctions]);
/** Nothing but a call of `query` runs text; `query_table` takes names, and every table and view there is only reads. */
const runsText = 'query';

/**
 * Finds every place where one of the names could be called, and some where none is. It works on the bare text, since
 * an identifier can't be escaped in DuckDB: what could be hidden from a tokenizer of ours is found here.
 */
const space = '[\\s\\u200b-\\u200d\\u2060\\ufeff]*';
const suspicious = new RegExp(`(?<![a-z_])(?:${[...acting, runsText].join('|')})"?${space}(?:\\(|--|/\\*)`, 'i');
/** What may stand before the query of an INSERT, a CREATE or a DELETE, so that its end is certain: no text, no comments. */
const beforeQuery = /^(?:[\w\s.,()]|"[^"]*")*?(?=\b(?:WITH|SELECT|FROM)\b)/i;

/** Such a parameter gets its value by `=`, `:=` or `=>`; a comment may stand in between. */
const writing = new RegExp(`(?<![a-z_])(?:${writingParameters.join('|')})"?${space}(?:=|:=|--|/\\*)`, 'i');

/** Whether SQL may call a function that has an effect, or run text; false is certain. */
export function isSuspicious(sql: string): boolean {
  return suspicious.test(sql) || writing.test(sql);
}

/**
 * What in SQL acts on more than the rows that it yields, by its text alone: nothing is bound, so DuckDB has done nothing.
 * The arguments of `query()` are SQL, too. DuckDB works them out anew each time that it plans a statement, so only text
 * that is always the same can be checked.
 * @param connection any; nothing of the SQL is looked up there
 * @returns the reason to refuse it as a sentence, or null
 */
export async function whyActing(sql: string, connection: DuckDBConnection, depth = 0): Promise<string | null> {
  if (!isSuspicious(sql)) return null;
  // Nobody else has a use for these names, so that no tree is needed.
  if (writing.test(sql)) return 'Rejected lines of a CSV file would be written to tables; use ignore_errors instead.';
  if (depth > deepest) return `query() stands in the text of query() more than ${deepest} times.`;
  const tree = await treeOf(sql, connection);
  if (tree === null) return whyNamed(sql);
  for (const { name, arguments: given } of callsIn(tree)) {
    if (acting.has(name)) return effectOf(name);
    if (name !== runsText) continue;
    const text = given.length === 1 ? literalText(given[0]) : null;
    if (text === null)
      return 'query() takes literal text here: any other could be another query each time it is planned.';
    const reason = await whyActing(text, connection, depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}

/** Of a SELECT, or of the query in another statement where nothing that could be called stands before it. */
async function treeOf(sql: string, connection: DuckDBConnection): Promise<unknown> {
  const whole = await parseTree(sql, connection);
  if (whole !== null) return whole;
  const before = beforeQuery.exec(sql)?.[0];
  return before && !isSuspicious(before) ? parseTree(sql.slice(before.length), connection) : null;
}

/** Why a statement that names such a function and has no tree, since it is no SELECT, is refused. */
function whyNamed(sql: string): string {
  const [name = ''] = /^\w+/.exec(suspicious.exec(sql)?.[0] ?? '') ?? [];
  return name.toLowerCase() === runsText
    ? 'query() can be used in a SELECT without other statements around it only.'
    : effectOf(name.toLowerCase());
}

function effectOf(name: string): string {
  return `${name} does more than read: it acts on the warehouse process, on files or on other databases.`;
}

/** As {@link whyActing}, as an error. */
export async function refuseActing(
  sql: string,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<void> {
  const reason = await whyActing(sql, connection);
  if (reason !== null) throw refusal(reason);
}
