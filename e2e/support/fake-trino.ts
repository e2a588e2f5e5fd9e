import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a fake cluster does with a statement that contains a text. */
export type Statement =
  /** Returns the rows, in one page. */
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Returns numbers from 0, by pages of 50,000. */
  | { readonly numbers: number }
  /** Runs until it is cancelled. */
  | { readonly endless: true }
  | { readonly mistake: string; readonly line: number; readonly column: number };

export interface FakeCluster {
  readonly address: string;
  /** Statements that have arrived, but for those about transactions. */
  readonly statements: string[];
  /** Number of statements that were cancelled. */
  readonly cancelled: () => number;
  readonly close: () => Promise<void>;
}

const pageRows = 50_000;

/** A server that speaks enough of Trino's protocol for the console; the first text that a statement contains decides. */
export async function fakeCluster(known: Readonly<Record<string, Statement>>): Promise<FakeCluster> {
  const statements: string[] = [];
  let cancelled = 0;
  let address = '';
  const answer = (response: ServerResponse, fields: object, headers: Record<string, string> = {}) => {
    const whole = { id: '20260101_000000_00001_fake', stats: statsOf('RUNNING', 7), ...fields };
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(whole));
  };
  const numbers = (from: number, most: number) => {
    const next = Math.min(from + pageRows, most);
    return {
      columns: [columnOf('n', 'bigint')],
      data: Array.from({ length: next - from }, (_, index) => [from + index]),
      ...(next < most && { nextUri: `${address}/numbers/${next}/${most}` }),
    };
  };
  const begin = (sql: string, response: ServerResponse) => {
    if (sql.startsWith('START')) return answer(response, {}, { 'x-trino-started-transaction-id': 't1' });
    if (sql === 'ROLLBACK') return answer(response, {});
    statements.push(sql);
    const found = Object.entries(known).find(([text]) => sql.includes(text))?.[1];
    if (!found) return answer(response, { error: errorOf(`Unknown: ${sql}`, 1, 1) });
    if ('endless' in found) return answer(response, { stats: statsOf('QUEUED', 0), nextUri: `${address}/endless` });
    if ('mistake' in found) return answer(response, { error: errorOf(found.mistake, found.line, found.column) });
    if ('numbers' in found) return answer(response, numbers(0, found.numbers));
    answer(response, { columns: found.columns.map((name) => columnOf(name, 'varchar')), data: found.rows });
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, kind, from, most] = (request.url ?? '').split('/');
      if (request.method === 'DELETE') {
        cancelled += 1;
        response.writeHead(204).end();
      } else if (request.method === 'POST') begin(Buffer.concat(chunks).toString(), response);
      else if (kind === 'numbers') answer(response, numbers(Number(from), Number(most)));
      else setTimeout(() => answer(response, { nextUri: `${address}/endless` }), 100);
    });
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address, statements, cancelled: () => cancelled, close };
}

function statsOf(state: string, completedSplits: number): object {
  const work = { processedRows: 1_234_567, processedBytes: 1, cpuTimeMillis: 1, elapsedTimeMillis: 1 };
  return { state, nodes: 2, completedSplits, totalSplits: 40, ...work };
}

function columnOf(name: string, type: string): object {
  return { name, type, typeSignature: { rawType: type, arguments: [] } };
}

function errorOf(message: string, lineNumber: number, columnNumber: number): object {
  const errorLocation = { lineNumber, columnNumber };
  return {
    message: `line ${lineNumber}:${columnNumber}: ${message}`,
    errorName: 'COLUMN_NOT_FOUND',
    errorType: 'USER_ERROR',
    errorLocation,
  };
}
