import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../contract/app-error';
import { trustedAuthorities } from './certificate-authorities';
import { authorization, defaultLimits, serverAddress, type TrinoConnection, type TrinoLimits } from './connection';
import { connectionError, errorCode, statusError } from './connection-errors';
import { exchange, type Answer, type Request } from './exchange';

interface Agents {
  /** Keeps connections for the pages of a result. */
  readonly kept: http.Agent;
  /**
   * A new connection for each statement: on a kept one that the server is closing, nobody could tell whether the
   * statement has arrived.
   */
  readonly single: http.Agent;
}

/** Statuses that gateways and starting servers answer with while nothing is wrong with the request. */
const passing = new Set([429, 502, 503, 504]);
/** Those of them that say that the request wasn't processed. A gateway's 502 or 504 may come after it was. */
const unprocessed = new Set([429, 503]);
/** Failures of a connection; asking again for a page of a result is safe. */
const brokenConnections = new Set([
  'ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'Z_BUF_ERROR',
  'ERR_STREAM_PREMATURE_CLOSE',
]); // prettier-ignore

const firstPauseMs = 100;
const longestPauseMs = 3_000;

/** Requests to one server: sign-in, certificates, retries. Credentials go to the server's own origin alone. */
export class Transport {
  readonly #address: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #limits: TrinoLimits;
  #agents: Promise<Agents> | null = null;

  /** @throws AppError INVALID_OPTIONS if the connection isn't usable or would send a secret unencrypted */
  constructor(
    private readonly connection: TrinoConnection,
    limits: Partial<TrinoLimits> = {},
  ) {
    this.#address = serverAddress(connection);
    this.#limits = { ...defaultLimits, ...limits };
    this.#headers = { ...authorization(connection), 'accept-encoding': 'gzip' };
  }

  get origin(): string {
    return this.#address.origin;
  }

  /** Sends a statement. It is repeated only if the server says that it hasn't processed it. */
  async post(
    path: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { single } = await this.#connect();
    const request = { method: 'POST', url: this.#resolve(path), body, agent: single, signal } as const;
    return this.#send({ ...request, headers: { ...this.#headers, ...headers } }, unprocessed, new Set());
  }

  /** Asks for a page or another resource; repeated after passing failures. */
  async get(path: string, signal?: AbortSignal): Promise<Answer> {
    const { kept } = await this.#connect();
    const request = { method: 'GET', url: this.#resolve(path), headers: this.#headers, agent: kept, signal } as const;
    return this.#send(request, passing, brokenConnections);
  }

  /** Ends a statement; tried once. */
  async delete(path: string): Promise<void> {
    const { single } = await this.#connect();
    const request = { method: 'DELETE', url: this.#resolve(path), headers: this.#headers, agent: single } as const;
    await exchange(request, this.#limits);
  }

  /** Tells the server that the page at this address will be asked for; tried once. */
  async touch(path: string): Promise<void> {
    const { kept } = await this.#connect();
    const request = { method: 'HEAD', url: this.#resolve(path), headers: this.#headers, agent: kept } as const;
    await exchange(request, this.#limits);
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    const agents = await this.#agents?.catch(() => null);
    agents?.kept.destroy();
    agents?.single.destroy();
  }

  /** Removes the user's secrets from a text of the server or of Node. */
  withoutSecrets(text: string): string {
    const { password, token } = this.connection;
    const { authorization: header } = authorization(this.connection);
    const secrets = [header, header?.split(' ')[1], password, token].filter(
      (each) => each !== undefined && each !== '',
    );
    return secrets.reduce<string>((clean, secret) => clean.replaceAll(secret ?? '', '***'), text);
  }

  /** @throws AppError CLUSTER_ANSWER if the server names an address of another origin */
  #resolve(path: string): URL {
    const url = new URL(path, this.#address);
    if (url.origin === this.#address.origin) return url;
    throw new AppError('CLUSTER_ANSWER', `${this.origin} continues at ${url.origin}, which gets no credentials.`, {
      action:
        'Enter that address as the server if you trust it. Behind a proxy, the coordinator needs http-server.process-forwarded=true.',
    });
  }

  async #send(request: Request, statuses: ReadonlySet<number>, failures: ReadonlySet<string>): Promise<Answer> {
    const deadline = performance.now() + this.#limits.retryMs;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await exchange(request, this.#limits).catch((error: unknown) => ({ error }));
      request.signal?.throwIfAborted();
      if ('status' in outcome && outcome.status === 200) return outcome;
      const again = 'status' in outcome ? statuses.has(outcome.status) : failures.has(errorCode(outcome.error) ?? '');
      const pauseMs = pauseBefore(attempt, outcome);
      if (!again || performance.now() + pauseMs > deadline) throw this.#failure(outcome);
      await wait(pauseMs, undefined, request.signal && { signal: request.signal });
    }
  }

  #failure(outcome: Answer | { readonly error: unknown }): AppError {
    if (!('status' in outcome)) return connectionError(outcome.error, this.origin);
    return statusError(outcome, this.withoutSecrets(outcome.body.toString('utf8')), this.origin);
  }

  #connect(): Promise<Agents> {
    this.#agents ??= this.#openAgents();
    return this.#agents;
  }

  async #openAgents(): Promise<Agents> {
    if (this.#address.protocol === 'http:') {
      return { kept: new http.Agent({ keepAlive: true }), single: new http.Agent() };
    }
    const ca = await trustedAuthorities(this.connection.ca);
    return { kept: new https.Agent({ keepAlive: true, ca }), single: new https.Agent({ ca }) };
  }
}

/** Longer after each failure, with some chance in it so that clients don't return together. */
function pauseBefore(attempt: number, outcome: Answer | { readonly error: unknown }): number {
  const asked = 'status' in outcome ? Number(outcome.headers['retry-after']) : Number.NaN;
  if (asked > 0) return asked * 1_000;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * (0.75 + Math.random() / 2);
}
