import { fakeTrino, reply, status, type AnswerFields, type FakeTrino, type Reply } from './fake-trino';

/** What a fake cluster does with a statement that contains a text. */
export type Statement =
  /** Returns the rows, in one page. A column is text unless its type is given: `n bigint`. */
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] }
  /** Returns numbers from 0, by pages of 50,000. */
  | { readonly numbers: number }
  /** Runs until it is cancelled. */
  | { readonly endless: true }
  | { readonly mistake: string; readonly line: number; readonly column: number }
  /** Anything else: a fault, a stall, or an answer to the letter. */
  | Reply;

export interface FakeCluster extends Pick<FakeTrino, 'address' | 'seen' | 'close'> {
  /** Statements that have arrived, but for those about transactions. */
  readonly statements: string[];
  /** Number of statements that were cancelled. */
  readonly cancelled: () => number;
}

const pageRows = 50_000;

/**
 * A server that speaks enough of Trino's protocol for statements of the app; the first text that a statement contains
 * decides.
 * @param tls key and certificate for https
 */
export async function fakeCluster(
  known: Readonly<Record<string, Statement>>,
  tls?: Parameters<typeof fakeTrino>[1],
): Promise<FakeCluster> {
  const statements: string[] = [];
  let cancelled = 0;
  const begin: Reply = (response, request) => {
    const sql = server.seen.at(-1)?.body ?? '';
    if (sql.startsWith('START')) return answer({}, { 'x-trino-started-transaction-id': 't1' })(response, request);
    if (sql === 'ROLLBACK') return answer({})(response, request);
    statements.push(sql);
    const found = Object.entries(known).find(([text]) => sql.includes(text))?.[1];
    return replyTo(found ?? { mistake: `Unknown: ${sql}`, line: 1, column: 1 })(response, request);
  };
  const next: Reply = (response, request) => {
    const [, kind, from, most] = (request.url ?? '').split('/');
    if (kind === 'numbers') return answer(numbers(Number(from), Number(most)))(response, request);
    setTimeout(() => answer({ nextUri: '/endless' })(response, request), 100);
  };
  const end: Reply = (response, request) => {
    cancelled += 1;
    status(204)(response, request);
  };
  const server = await fakeTrino({ POST: begin, GET: next, DELETE: end }, tls);
  const { address, seen, close } = server;
  return { address, seen, close, statements, cancelled: () => cancelled };
}

function replyTo(found: Statement): Reply {
  if (typeof found === 'function') return found;
  if ('endless' in found) return answer({ stats: statsOf('QUEUED', 0), nextUri: '/endless' });
  if ('mistake' in found) return answer({ error: errorOf(found.mistake, found.line, found.column) });
  if ('numbers' in found) return answer(numbers(0, found.numbers));
  return answer({ columns: found.columns.map(columnOf), data: found.rows });
}

function answer(fields: AnswerFields, headers?: Record<string, string>): Reply {
  return reply({ stats: statsOf('RUNNING', 7), ...fields }, headers);
}

function numbers(from: number, most: number): AnswerFields {
  const to = Math.min(from + pageRows, most);
  return {
    columns: [columnOf('n bigint')],
    data: Array.from({ length: to - from }, (_, index) => [from + index]),
    ...(to < most && { nextUri: `/numbers/${to}/${most}` }),
  };
}

function statsOf(state: string, completedSplits: number): object {
  const work = { processedRows: 1_234_567, processedBytes: 1, cpuTimeMillis: 1, elapsedTimeMillis: 1 };
  return { state, nodes: 2, completedSplits, totalSplits: 40, ...work };
}

function columnOf(column: string): object {
  const [, name, type = 'varchar'] = /^(.*?)(?: (bigint|double|date|boolean))?$/su.exec(column) ?? [];
  return { name, type, typeSignature: { rawType: type, arguments: [] } };
}

function errorOf(message: string, lineNumber: number, columnNumber: number): object {
  return {
    message: `line ${lineNumber}:${columnNumber}: ${message}`,
    errorName: 'COLUMN_NOT_FOUND',
    errorType: 'USER_ERROR',
    errorLocation: { lineNumber, columnNumber },
  };
}
