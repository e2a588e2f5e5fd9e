import { z } from 'zod';
import { AppError, cancelled } from '../../contract/app-error';
import type { ClusterProgress } from '../../contract/cluster';
import type { TrinoConnection, TrinoLimits } from './connection';
import { notTrino } from './connection-errors';
import type { Answer } from './exchange';
import { answerSchema, columnsOf, progressOf, type StatementAnswer, type TrinoColumn } from './protocol';
import { SessionState } from './session-state';
import { statementError } from './statement-error';
import { Transport } from './transport';
import { parseExact, readRows, UnexpectedValue, type TrinoRow } from './values';

export interface StatementOptions {
  /** Cancels the statement on the cluster as well; the caller is released at once. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every answer of the server, about once per second while nothing else happens. */
  readonly onProgress?: ((progress: ClusterProgress) => void) | undefined;
}

/** Rows as the server sent them together. */
export interface TrinoPage {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly TrinoRow[];
}

/** The end of a statement. */
export interface TrinoOutcome {
  readonly queryId: string;
  /** `INSERT`, `CREATE TABLE`, ...; null for queries. */
  readonly updateType: string | null;
  /** Rows that it changed; null if the server doesn't count them. */
  readonly updateCount: number | null;
}

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
}

/** How long a caller waits for the server to confirm the end of a statement that it no longer wants. */
const goodbyeMs = 700;

/**
 * A session on a Trino cluster, over its documented protocol (direct results). Statements of one client may run side by
 * side; what SET SESSION, USE and PREPARE change holds for the statements after it.
 *
 * All methods reject with an AppError: CLUSTER_UNREACHABLE, CLUSTER_CERTIFICATE, CLUSTER_SIGN_IN, CLUSTER_RIGHTS,
 * CLUSTER_QUERY (with a position where Trino knows it), CLUSTER_FAILED, CLUSTER_ANSWER or CANCELLED. No message contains
 * the password or token.
 */
export class TrinoClient {
  readonly #transport: Transport;
  readonly #session: SessionState;
  readonly #headers: Readonly<Record<string, string>>;

  /** @throws AppError INVALID_OPTIONS if the connection isn't usable or would send a secret unencrypted */
  constructor(connection: TrinoConnection, limits: Partial<TrinoLimits> = {}) {
    this.#transport = new Transport(connection, limits);
    this.#session = new SessionState(connection);
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
   * page is asked for when the caller wants it, so no more than one is in memory; the cluster waits meanwhile (five
   * minutes by default). Leaving the loop ends the statement on the cluster.
   */
  async *pages(sql: string, options: StatementOptions = {}): AsyncGenerator<TrinoPage, TrinoOutcome, void> {
    const { signal } = options;
    let read = await this.#start(sql, signal);
    let shown = false;
    try {
      for (;;) {
        const page = this.#pageOf(read, options);
        if (page && (page.rows.length > 0 || !shown)) {
          shown = true;
          yield page;
        }
        const { id: queryId, nextUri, updateType = null, updateCount = null } = read.answer;
        if (nextUri === undefined) return { queryId, updateType, updateCount };
        read = await this.#next(nextUri, signal);
      }
    } finally {
      await this.#end(read.answer);
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
    const { body } = await this.#abortable(this.#transport.get('v1/info', signal), signal);
    return this.#understand(() => infoSchema.parse(JSON.parse(body.toString('utf8'))));
  }

  /** Closes idle connections. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Not aborted by `signal`: only the answer says how to end the statement, so it is awaited in the background. */
  async #start(sql: string, signal: AbortSignal | undefined): Promise<Read> {
    if (signal?.aborted) throw cancelled('The query');
    const headers = { ...this.#headers, ...this.#session.headers() };
    const started = this.#transport.post('v1/statement', sql, headers).then((answer) => this.#read(answer));
    return this.#abortable(started, signal, () => {
      started.then(({ answer }) => this.#end(answer)).catch(() => undefined);
    });
  }

  async #next(uri: string, signal: AbortSignal | undefined): Promise<Read> {
    return this.#read(await this.#abortable(this.#transport.get(uri, signal), signal));
  }

  #read({ headers, body }: Answer): Read {
    this.#session.follow(headers);
    const text = body.toString('utf8');
    return { answer: this.#understand(() => answerSchema.parse(JSON.parse(text))), text };
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
    const ended = this.#transport.delete(nextUri).catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, goodbyeMs)))]);
    clearTimeout(timer);
  }

  /** Rejects with CANCELLED as soon as `signal` aborts, whatever `work` does. */
  async #abortable<T>(work: Promise<T>, signal: AbortSignal | undefined, onAbort?: () => void): Promise<T> {
    if (!signal) return work;
    let stop: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => {
        onAbort?.();
        reject(cancelled('The query'));
      };
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    });
    try {
      return await Promise.race([work, aborted]);
    } catch (error) {
      throw signal.aborted ? cancelled('The query') : error;
    } finally {
      if (stop) signal.removeEventListener('abort', stop);
    }
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
