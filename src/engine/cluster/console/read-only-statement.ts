import { AppError } from '../../../contract/app-error';
import { positionAt, trinoTokens, type TrinoToken } from '../../../contract/text/trino-words';

/** First words of statements that only read. Trino runs one statement at a time, and its first word decides its kind. */
const reading = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE', 'SHOW', 'DESCRIBE', 'DESC']);
/** Table functions that read. Others may pass SQL on to another database, where it could write. */
const readingFunctions = new Set(['SEQUENCE', 'EXCLUDE_COLUMNS', 'TABLE_CHANGES']);

/** A statement that may run, without a semicolon at its end, which Trino refuses. */
export interface ReadOnlyStatement {
  readonly sql: string;
  /** Its first word, e.g. SELECT. */
  readonly kind: string;
}

/**
 * Refuses a statement that could change something, before it is sent. The READ ONLY transaction that it runs in is the
 * second guard: it is enforced by the server, but knows nothing of databases behind a connector.
 * @throws AppError CLUSTER_READ_ONLY, CLUSTER_QUERY with the position
 */
export function readOnlyStatement(sql: string): ReadOnlyStatement {
  const tokens = trinoTokens(sql);
  const end = tokens.findIndex(({ kind, text }) => kind === 'symbol' && text === ';');
  const own = end === -1 ? tokens : tokens.slice(0, end);
  const [first] = own;
  if (!first) throw mistake('There is no statement.', sql, 0);
  const next = tokens.slice(own.length).find(({ text }) => text !== ';');
  if (next) throw mistake('The cluster runs one statement at a time.', sql, next.from);
  const strange = own.find(({ kind }) => kind === 'unknown');
  if (strange)
    throw mistake('A character that no statement contains, or a quote that is never closed.', sql, strange.from);
  const kind = kindOf(own);
  if (!kind) throw refused(`${first.text} isn't a query.`, sql, first.from);
  const acting = own.find((_, index) => callsActingFunction(own, index));
  if (acting) {
    throw refused('This table function may run statements in another database.', sql, acting.from);
  }
  return { sql: end === -1 ? sql : sql.slice(0, tokens[end]?.from), kind };
}

/** The kind of a statement that only reads; null for any other. */
function kindOf(tokens: readonly TrinoToken[]): string | null {
  const [first, ...others] = tokens;
  if (!first) return null;
  if (first.kind === 'symbol' && first.text === '(') return kindOfNested(others);
  if (first.kind !== 'word') return null;
  if (reading.has(first.text)) return first.text;
  if (first.text !== 'EXPLAIN') return null;
  // EXPLAIN runs nothing, EXPLAIN ANALYZE runs the statement after it.
  if (others[0]?.text !== 'ANALYZE' || others[0].kind !== 'word') return 'EXPLAIN';
  const analyzed = others[1]?.text === 'VERBOSE' ? others.slice(2) : others.slice(1);
  return kindOf(analyzed) === null ? null : 'EXPLAIN';
}

/** A statement in parentheses is a query. */
function kindOfNested(tokens: readonly TrinoToken[]): string | null {
  const first = tokens.find(({ text }) => text !== '(');
  return first?.kind === 'word' && ['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(first.text) ? 'SELECT' : null;
}

/** Whether `TABLE(catalog.schema.function(...))` begins here, with a function that may act. */
function callsActingFunction(tokens: readonly TrinoToken[], index: number): boolean {
  if (tokens[index]?.kind !== 'word' || tokens[index]?.text !== 'TABLE' || tokens[index + 1]?.text !== '(')
    return false;
  let last = index + 2;
  while (tokens[last + 1]?.text === '.') last += 2;
  if (tokens[last + 1]?.text !== '(') return false;
  const name = tokens[last]?.text.replaceAll(/^["`]|["`]$/g, '').toUpperCase() ?? '';
  return !readingFunctions.has(name);
}

function mistake(message: string, sql: string, offset: number): AppError {
  return new AppError('CLUSTER_QUERY', message, {
    action: 'Correct the statement.',
    position: positionAt(sql, offset),
  });
}

function refused(message: string, sql: string, offset: number): AppError {
  return new AppError('CLUSTER_READ_ONLY', message, {
    action: 'The console only reads from the cluster: SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE or EXPLAIN.',
    position: positionAt(sql, offset),
  });
}
