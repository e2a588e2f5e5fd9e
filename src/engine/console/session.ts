import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelled } from '../../contract/app-error';
import type { Parameter, RunEvent } from '../../contract/results';
import type { Database } from '../warehouse/database';
import { changeBy, type ChangeOutcome } from './change';
import { readParameters, type BoundValues } from './parameters';
import { readInto, type ReadOutcome } from './read';
import { sqlError } from './sql-error';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of DuckDB's own estimate, a few times a second. */
  readonly onProgress?: (progress: Omit<Extract<RunEvent, { type: 'progress' }>, 'type'>) => void;
  /** Values for `$name` in the SQL. */
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
}

interface Timed {
  readonly elapsedMs: number;
}

/** A statement under way: what it runs on and how it is told to stop. */
interface Work {
  readonly connection: DuckDBConnection;
  readonly values: BoundValues;
  readonly signal: AbortSignal;
}

const progressIntervalMs = 100;
/** Between two statements of one run there is nothing to interrupt: it is tried again until the run has ended. */
const interruptIntervalMs = 20;

/** A connection of its own for one tab, preview or chart: its statements run one after the other. */
export class Session {
  #queue: Promise<unknown> = Promise.resolve();
  /** The statements that run or wait. */
  readonly #stops = new Set<AbortController>();

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly database: Database,
  ) {}

  static async open(database: Database): Promise<Session> {
    return new Session(await database.connect(), database);
  }

  /** Runs one reading statement and keeps its rows in the temporary table `table`, which lives on this connection. */
  run(sql: string, table: string, options: RunOptions = {}): Promise<ReadOutcome & Timed> {
    return this.#perform(sql, options, ({ connection, values }) => readInto(table, sql, values, connection));
  }

  /** The same for a statement that may change the warehouse and write to `exports/`. */
  runChanging(sql: string, table: string, options: RunOptions = {}): Promise<ChangeOutcome & Timed> {
    return this.#perform(sql, options, ({ connection, values, signal }) =>
      changeBy(sql, table, values, { connection, database: this.database, signal }),
    );
  }

  /** Lends the connection once the statements before have ended. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => work(this.connection));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Stops what runs and what waits; returns once all has ended. */
  async cancel(): Promise<void> {
    for (const stop of this.#stops) stop.abort();
    await this.#queue;
  }

  /** Stops what runs and drops every temporary table. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop.abort();
    await this.use(async (connection) => connection.closeSync());
  }

  async #perform<T>(sql: string, options: RunOptions, work: (of: Work) => Promise<T>): Promise<T & Timed> {
    const stop = new AbortController();
    this.#stops.add(stop);
    const onAbort = () => stop.abort();
    options.signal?.addEventListener('abort', onAbort);
    if (options.signal?.aborted) stop.abort();
    try {
      return await this.use(() => this.#attempt(sql, options, stop.signal, work));
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
      this.#stops.delete(stop);
    }
  }

  async #attempt<T>(
    sql: string,
    { parameters = {}, onProgress }: RunOptions,
    signal: AbortSignal,
    work: (of: Work) => Promise<T>,
  ): Promise<T & Timed> {
    const { connection, database } = this;
    if (signal.aborted) throw cancelled('The query');
    await database.useCatalog(connection);
    const started = performance.now();
    const watching = [this.#interruptWhen(signal), this.#report(started, onProgress)];
    try {
      const outcome = await work({ connection, values: await readParameters(parameters, connection), signal });
      return { ...outcome, elapsedMs: performance.now() - started };
    } catch (error) {
      throw signal.aborted ? cancelled('The query') : sqlError(error, sql, database.folder);
    } finally {
      for (const timer of watching) clearInterval(timer);
      await this.#leave();
    }
  }

  /** A statement that was interrupted between two others may have left its transaction open. */
  async #leave(): Promise<void> {
    await this.connection.run('ROLLBACK').catch(() => undefined);
    await this.database.leaveCatalog(this.connection);
  }

  #interruptWhen(signal: AbortSignal): NodeJS.Timeout {
    const interrupt = () => signal.aborted && this.connection.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    return setInterval(interrupt, interruptIntervalMs);
  }

  #report(started: number, onProgress: RunOptions['onProgress']): NodeJS.Timeout | undefined {
    if (!onProgress) return undefined;
    return setInterval(() => {
      const { percentage } = this.connection.progress;
      // Before DuckDB can tell it answers -1.
      const fraction = percentage < 0 ? null : Math.min(percentage / 100, 1);
      onProgress({ elapsedMs: performance.now() - started, fraction });
    }, progressIntervalMs);
  }
}
