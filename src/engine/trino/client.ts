import { z } from 'zod';
import { AppError, cancelled } from '../../contract/app-error';
import { abortable, atMost } from './abortable';
import { defaultLimits, type TrinoConnection, type TrinoLimits } from './connection';
import { notTrino } from './connection-errors';
import type { Answer } from './exchange';
import { answerSchema, columnsOf, progressOf, type StatementAnswer, type TrinoColumn } from './protocol';
import type { StatementOptions, TrinoOutcome, TrinoPage } from './statement';
import { SessionState } from './session-state';
import { statementError } from './statement-error';
import { Transport } from './transport';
import { parseExact, readRows, UnexpectedValue, type TrinoRow } from './values';

const infoSchema = z.object({
  nodeVersion: z.object({ version: z.string() }),
  environment: z.string().catch(''),
  coordinator: z.boolean().catch(true),
  starting: z.boolean().catch(false),
});

export type TrinoInfo = z.output<typeof infoSchema>;

/** An answer that was read, and the text that it was read from. */
interface Read {
  readonly answer: StatementAnswer;
  readonly text: string;
  /** The id of a transaction that the statement has started. */
  readonly transaction: string | undefined;
}

type Headers = Readonly<Record<string, string>>;
const transactionHeader = 'x-trino-transaction-id';

/** How long the cluster is kept waiting for the next page; then it ends the statement after five minutes, by default. */
const longestWaitMs = 15 * 60_000;
/** How long a caller waits for the server to confirm the end of a statement that it no longer wants. */
const goodbyeMs = 700;

/**
 * A session on a Trino cluster, over its documented protocol (direct results). Statements of one client may run side by
 * side; what SET SESSION, USE and PREPARE change holds for the statements after it.
 *
 * All methods reject with an AppError: CLUSTER_UNREACHABLE, CLUSTER_CERTIFICATE, CLUSTER_SIGN_IN, CLUSTER_RIGHTS,
 * CLUSTER_QUERY (with a position where Trino knows it), CLUSTER_READ_ONLY, CLUSTER_FAILED, CLUSTER_ANSWER or CANCELLED. No message contains
 * the password or token.
 */
export class TrinoClient {
  readonly #transport: Transport;
  readonly #session: SessionState;
  readonly #headers: Headers;
  readonly #heartbeatMs: number;
  /** Ends of statements that are being sent. */
  readonly #goodbyes = new Set<Promise<void>>();

  /** @throws AppError INVALID_OPTIONS if the connection isn't usable or would send a secret unencrypted */
  constructor(connection: TrinoConnection, limits: Partial<TrinoLimits> = {}) {
    this.#transport = new Transport(connection, limits);
    this.#session = new SessionState(connection);
    this.#heartbeatMs = { ...defaultLimits, ...limits }.heartbeatMs;
    this.#headers = {
      'content-type': 'text/plain; charset=utf-8',
      'x-trino-user': connection.user,
      'x-trino-source': connection.source ?? 'micro-warehouse',
      'x-trino-time-zone': 'UTC',
      // Without it times are cut to milliseconds.
      'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
    };
  }

  /**
   * Runs a statement and yields its pages: the first as soon as its columns are known, possibly without rows. The next
   * page is asked for when the caller wants it, so no more than one is in memory. The cluster waits meanwhile, for up to
   * {@link longestWaitMs}. Leaving the loop ends the statement on the cluster.
   */
  async *pages(sql: string, options: StatementOptions = {}): AsyncGenerator<TrinoPage, TrinoOutcome, void> {
    if (!options.readOnly) return yield* this.#pages(sql, options, {});
    const transaction = { [transactionHeader]: await this.#beginReadOnly(options.signal) };
    try {
      return yield* this.#pages(sql, options, transaction);
    } finally {
      // After the end of the statement, if that is still being sent.
      this.#later(Promise.all(this.#goodbyes).then(() => this.#run('ROLLBACK', transaction)));
    }
  }

  async *#pages(
    sql: string,
    options: StatementOptions,
    headers: Headers,
  ): AsyncGenerator<TrinoPage, TrinoOutcome, void> {
    const { signal } = options;
    let read = await this.#start(sql, headers, signal);
    let shown = false;
    try {
      for (;;) {
        const page = this.#pageOf(read, options);
        const { id: queryId, nextUri, updateType = null, updateCount = null } = read.answer;
        if (page && (page.rows.length > 0 || !shown)) {
          shown = true;
          const waiting = this.#keepAlive(nextUri);
          try {
            yield page;
          } finally {
            clearInterval(waiting);
          }
        }
        if (nextUri === undefined) return { queryId, updateType, updateCount };
        read = await this.#next(nextUri, signal);
      }
    } finally {
      const ended = this.#end(read.answer);
      // Whoever cancels doesn't wait for a server that may not answer.
      if (signal?.aborted) this.#later(ended);
      else await ended;
    }
  }

  /** Runs a statement to its end, without its rows. */
  async run(sql: string, options?: StatementOptions): Promise<TrinoOutcome> {
    const pages = this.pages(sql, options);
    for (;;) {
      const { done, value } = await pages.next();
      if (done) return value;
    }
  }

  /**
   * All rows of a small result.
   * @param mostRows rejects with CLUSTER_ANSWER if there are more
   */
  async all(
    sql: string,
    { mostRows = 10_000, ...options }: StatementOptions & { readonly mostRows?: number } = {},
  ): Promise<TrinoPage> {
    let columns: readonly TrinoColumn[] = [];
    const rows: TrinoRow[] = [];
    for await (const page of this.pages(sql, options)) {
      columns = page.columns;
      for (const row of page.rows) rows.push(row);
      if (rows.length > mostRows) {
        throw new AppError('CLUSTER_ANSWER', `The cluster returned more than ${mostRows} rows.`, {
          action: 'Select fewer rows.',
        });
      }
    }
    return { columns, rows };
  }

  /** The server's version and state; needs no sign-in. */
  async info(signal?: AbortSignal): Promise<TrinoInfo> {
    const { body } = await abortable(this.#transport.get('v1/info', signal), signal);
    return this.#understand(() => infoSchema.parse(JSON.parse(body.toString('utf8'))));
  }

  /** Closes idle connections, after the ends of statements have been sent. */
  async close(): Promise<void> {
    await atMost(goodbyeMs, Promise.all(this.#goodbyes));
    await this.#transport.close();
  }

  async #beginReadOnly(signal: AbortSignal | undefined): Promise<string> {
    const started = this.#run('START TRANSACTION READ ONLY', { [transactionHeader]: 'NONE' });
    const id = await abortable(started, signal, () => {
      this.#later(started.then((late) => this.#run('ROLLBACK', { [transactionHeader]: late })));
    });
    if (id !== '') return id;
    throw notTrino(this.#transport.origin, 'It started no transaction.');
  }

  /** Runs a statement about a transaction. @returns the id of the transaction that it has started; empty if none */
  async #run(sql: string, headers: Headers): Promise<string> {
    let read = await this.#start(sql, headers, undefined);
    let id = '';
    for (;;) {
      this.#pageOf(read, {});
      id = read.transaction ?? id;
      if (read.answer.nextUri === undefined) return id;
      read = await this.#next(read.answer.nextUri, undefined);
    }
  }

  /** Work that nobody waits for except {@link close}. */
  #later(work: Promise<unknown>): void {
    const goodbye = work.then(
      () => undefined,
      () => undefined,
    );
    this.#goodbyes.add(goodbye);
    void goodbye.then(() => this.#goodbyes.delete(goodbye));
  }

  /** While the caller works on a page, the server hears that the next one will be asked for. */
  #keepAlive(uri: string | undefined): NodeJS.Timeout | undefined {
    if (uri === undefined) return undefined;
    const until = performance.now() + longestWaitMs;
    const beat = setInterval(() => {
      if (performance.now() > until) clearInterval(beat);
      else this.#transport.touch(uri).catch(() => undefined);
    }, this.#heartbeatMs);
    return beat.unref();
  }

  /** Not aborted by `signal`: only the answer says how to end the statement, so it is awaited in the background. */
  async #start(sql: string, own: Headers, signal: AbortSignal | undefined): Promise<Read> {
    if (signal?.aborted) throw cancelled('The query');
    const headers = { ...this.#headers, ...this.#session.headers(), ...own };
    const started = this.#transport.post('v1/statement', sql, headers).then((answer) => this.#read(answer));
    return abortable(started, signal, () => this.#later(started.then(({ answer }) => this.#end(answer))));
  }

  async #next(uri: string, signal: AbortSignal | undefined): Promise<Read> {
    return this.#read(await abortable(this.#transport.get(uri, signal), signal));
  }

  #read({ headers, body }: Answer): Read {
    this.#session.follow(headers);
    const text = body.toString('utf8');
    const transaction = headers['x-trino-started-transaction-id']?.toString();
    return { answer: this.#understand(() => answerSchema.parse(JSON.parse(text))), text, transaction };
  }

  #pageOf({ answer, text }: Read, { onProgress }: StatementOptions): TrinoPage | null {
    onProgress?.(progressOf(answer));
    if (answer.error) {
      const message = this.#transport.withoutSecrets(answer.error.message);
      throw statementError(answer.error, message, answer.id);
    }
    return this.#understand(() => {
      const columns = columnsOf(answer);
      if (!columns) return null;
      if (!answer.data) return { columns, rows: [] };
      const types = columns.map(({ type }) => type);
      const again = () => parseExact(text, answerSchema).data;
      return { columns, rows: readRows(types, answer.data, again) };
    });
  }

  /** Ends a statement that has more to say; done or not, the caller goes on shortly. */
  async #end({ nextUri }: StatementAnswer): Promise<void> {
    if (nextUri === undefined) return;
    await atMost(goodbyeMs, this.#transport.delete(nextUri));
  }

  /** Errors of `work` mean that the answer isn't Trino's. */
  #understand<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError || error instanceof UnexpectedValue))
        throw error;
      throw notTrino(this.#transport.origin, this.#transport.withoutSecrets(error.message.slice(0, 500)));
    }
  }
}
