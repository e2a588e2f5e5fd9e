import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';
import type { TrinoLimits } from './connection';

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent: http.Agent;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The server sent nothing for too long. */
export class StalledError extends Error {
  constructor(readonly waitedMs: number) {
    super(`No answer within ${waitedMs / 1_000} s.`);
  }
}

/** The answer is larger than the client may keep in memory. */
export class TooLargeError extends Error {
  constructor(readonly maxBytes: number) {
    super(`The answer is larger than ${maxBytes} bytes.`);
  }
}

/**
 * One request and its whole answer, unpacked. Redirects aren't followed.
 * @throws StalledError, TooLargeError, or Node's error for a connection that failed or broke off
 */
export async function exchange(
  request: Request,
  { stallMs, maxAnswerBytes }: Pick<TrinoLimits, 'stallMs' | 'maxAnswerBytes'>,
): Promise<Answer> {
  const { method, url, headers, body, agent, signal } = request;
  const { request: open } = url.protocol === 'https:' ? https : http;
  const sent = open(url, { method, headers, agent, ...(signal && { signal }) });
  let stalled: StalledError | null = null;
  // Covers the look-up of the name and the handshake, too, unlike the timeout of a socket.
  const timer = setTimeout(() => {
    stalled = new StalledError(stallMs);
    sent.destroy(stalled);
  }, stallMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // After the answer has begun, an error reaches the reader of the response instead.
      sent.on('response', resolve).on('error', reject);
      sent.end(body);
    });
    const whole = await wholeBody(response, maxAnswerBytes, () => timer.refresh());
    return { status: response.statusCode ?? 0, headers: response.headers, body: whole };
  } catch (error) {
    sent.destroy();
    throw stalled ?? error;
  } finally {
    clearTimeout(timer);
  }
}

async function wholeBody(response: IncomingMessage, maxBytes: number, onBytes: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(response)) {
    onBytes();
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > maxBytes) throw new TooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function unpacked(response: IncomingMessage): AsyncIterable<unknown> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const gunzip = createGunzip();
  response.on('error', (error) => gunzip.destroy(error));
  return response.pipe(gunzip);
}
