import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What the fake server does with one request; a list is worked off in order, its last entry repeatedly. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeTrino {
  readonly address: string;
  /** Requests that have arrived, in their order. */
  readonly seen: Seen[];
  /** Resolves when a request of this method has arrived. */
  readonly got: (method: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Fields of an answer of the server. */
export interface AnswerFields {
  readonly [field: string]: unknown;
}

/** An answer of a running statement with the given fields. */
export function answerOf(fields: AnswerFields): AnswerFields {
  return { id: '20260101_000000_00000_fake', stats: { state: 'RUNNING' }, ...fields };
}

/** Replies with an answer of Trino. */
export const reply = (fields: AnswerFields, headers: Record<string, string> = {}): Reply => {
  return (response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answerOf(fields)));
};

export const status = (code: number, headers: Record<string, string> = {}, body = ''): Reply => {
  return (response) => response.writeHead(code, headers).end(body);
};

/** Never answers. */
export const stall: Reply = () => undefined;

/** Breaks the connection off without an answer. */
export const reset: Reply = (response) => response.socket?.resetAndDestroy();

/**
 * A server that replies to POST, GET and DELETE as told.
 * @param tls key and certificate for https
 */
export async function fakeTrino(
  replies: {
    readonly POST?: Reply | readonly Reply[];
    readonly GET?: Reply | readonly Reply[];
    readonly DELETE?: Reply;
  },
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeTrino> {
  const seen: Seen[] = [];
  const waiting: { readonly method: string; readonly wake: () => void }[] = [];
  const turns = new Map<string, number>();
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      for (const { wake } of waiting.filter((each) => each.method === method)) wake();
      const turn = turns.get(method) ?? 0;
      turns.set(method, turn + 1);
      const given = method === 'POST' ? replies.POST : method === 'GET' ? replies.GET : (replies.DELETE ?? status(204));
      const list = typeof given === 'function' ? [given] : (given ?? []);
      (list[Math.min(turn, list.length - 1)] ?? status(404))(response, request);
    });
  };
  const server = tls ? https.createServer(tls, handle) : http.createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = portOf(server.address());
  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    got: (method) =>
      seen.some((each) => each.method === method)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ method, wake: resolve })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address;
}
