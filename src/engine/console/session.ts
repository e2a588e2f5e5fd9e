import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelled } from '../../contract/app-error';
import type { Plan } from '../../contract/result-work';
import type { Parameter, RunEvent } from '../../contract/results';
import type { Database } from '../database/database';
import { changeBy, type ChangeOutcome } from './change';
import { explainAnalyze } from './explain';
import { VolatileFunctions, type FirstRows } from '../results/first-rows';
import { readParameters, type BoundValues } from '../sql/parameters';
import type { ReadLog } from './read-log';
import { readInto, readOnly, type ReadOutcome } from '../results/read';
import { dropTable } from '../results/result-table';
import { linkedAbort } from '../linked-abort';
import { hideResults } from '../sql/hide-results';
import { sqlError } from '../sql/sql-error';

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with DuckDB's own estimate, a few times per second. */
  readonly onProgress?: (progress: Omit<Extract<RunEvent, { type: 'progress' }>, 'type' | 'firstRows'>) => void;
  /** Values for `$name` in the SQL. */
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
}

export interface StatementOptions extends WorkOptions {
  /** Called with the first rows while the rest is still running. */
  readonly onFirstRows?: (firstRows: FirstRows) => void;
}

/** One task in the queue of a session. */
interface Turn<T> {
  /** As the user wrote it, for error messages; empty for the app's own SQL. */
  readonly sql: string;
  /** A temporary table that the task fills; dropped if the task fails. */
  readonly table: string | null;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

interface Timed {
  readonly elapsedMs: number;
}

/** A running statement: its connection and its signal. */
interface Work {
  readonly connection: DuckDBConnection;
  readonly values: BoundValues;
  readonly signal: AbortSignal;
}

const progressIntervalMs = 100;
/** An interrupt between two statements of one run has no effect, so it is repeated until the run has ended. */
const interruptIntervalMs = 20;

/** A separate connection for one tab, preview or chart; its statements run one after the other. */
export class Session {
  #queue: Promise<unknown> = Promise.resolve();
  /** Abort controllers of every running or queued task. */
  readonly #stops = new Set<AbortController>();

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly database: Database,
    private readonly volatileFunctions: VolatileFunctions,
  ) {}

  static async open(database: Database, volatileFunctions = new VolatileFunctions()): Promise<Session> {
    const connection = await database.connect();
    await hideResults(connection);
    return new Session(connection, database, volatileFunctions);
  }

  /** Runs one read-only statement and keeps its rows in the temporary table `table` of this connection. */
  run(sql: string, table: string, options: StatementOptions = {}): Promise<ReadOutcome & Timed> {
    const { onFirstRows } = options;
    const { volatileFunctions } = this;
    return this.#perform(sql, table, options, ({ connection, values, signal }) =>
      timed(() =>
        readInto(table, sql, values, connection, onFirstRows ? { onFirstRows, volatileFunctions, signal } : null),
      ),
    );
  }

  /** The same for a statement that may change the warehouse and write to `exports/`. */
  runChanging(sql: string, table: string, options: WorkOptions = {}): Promise<ChangeOutcome & Timed> {
    return this.#perform(sql, table, options, ({ connection, values, signal }) =>
      timed(() => changeBy(sql, table, values, { connection, database: this.database, signal })),
    );
  }

  /** Runs a SELECT under `EXPLAIN ANALYZE`. */
  explain(sql: string, readLog: ReadLog, options: WorkOptions = {}): Promise<Plan> {
    const { folder } = this.database;
    return this.#perform(sql, null, options, ({ connection, values }) =>
      readOnly(connection, () => explainAnalyze(sql, values, connection, { readLog, folder })),
    );
  }

  /** Passes the connection to `work`, which only reads: the warehouse, or temporary tables and views of the session. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>, options: WorkOptions = {}): Promise<T> {
    return this.#perform('', null, options, ({ connection }) => readOnly(connection, () => work(connection)));
  }

  /**
   * Runs `work` on the results of this session; it can be cancelled like a statement.
   * @param table a temporary table that the work fills; dropped if the work fails
   */
  work<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    options: WorkOptions = {},
    table: string | null = null,
  ): Promise<T> {
    return this.#interruptible({ sql: '', table, work: () => work(this.connection) }, options);
  }

  /** Passes the connection to `work` after the queued statements. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => work(this.connection));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Cancels everything and drops every temporary table. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop.abort();
    await this.use(async (connection) => connection.closeSync());
  }

  /** Runs the user's SQL with the tables of the warehouse as the default catalog. */
  #perform<T>(sql: string, table: string | null, options: WorkOptions, work: (of: Work) => Promise<T>): Promise<T> {
    const { connection, database } = this;
    const perform = async (signal: AbortSignal) => {
      await database.useCatalog(connection);
      try {
        const values = await readParameters(options.parameters ?? {}, connection);
        return await work({ connection, values, signal });
      } finally {
        // If that fails, the statement has failed before, and its error explains it.
        await database.leaveCatalog(connection).catch(() => undefined);
      }
    };
    return this.#interruptible({ sql, table, work: (signal) => database.hold(() => perform(signal)) }, options);
  }

  /**
   * Queues `work` behind earlier statements of the session; rejects with CANCELLED if `options.signal` aborts or the
   * session is closed.
   */
  async #interruptible<T>(turn: Turn<T>, options: WorkOptions): Promise<T> {
    const { controller: stop, unlink } = linkedAbort(options.signal);
    this.#stops.add(stop);
    try {
      return await this.use(() => this.#attempt(turn, options, stop.signal));
    } finally {
      unlink();
      this.#stops.delete(stop);
    }
  }

  async #attempt<T>({ sql, table, work }: Turn<T>, options: WorkOptions, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw cancelled('The query');
    const { statements } = this.database;
    statements.set(statements.value + 1);
    const timers = [this.#interruptWhen(signal), this.#report(performance.now(), options)];
    let failed = false;
    try {
      return await work(signal);
    } catch (error) {
      failed = true;
      throw signal.aborted ? cancelled('The query') : sqlError(error, sql, this.database.folder);
    } finally {
      for (const timer of timers) clearInterval(timer);
      statements.set(statements.value - 1);
      // An interrupt may have hit the statement that ends a transaction.
      await this.connection.run('ROLLBACK').catch(() => undefined);
      // The table may be complete although a later step failed or was interrupted.
      if (failed && table !== null) await dropTable(table, this.connection).catch(() => undefined);
    }
  }

  #interruptWhen(signal: AbortSignal): NodeJS.Timeout {
    const interrupt = () => {
      if (signal.aborted) this.connection.interrupt();
    };
    signal.addEventListener('abort', interrupt, { once: true });
    return setInterval(interrupt, interruptIntervalMs);
  }

  #report(started: number, { onProgress }: WorkOptions): NodeJS.Timeout | undefined {
    if (!onProgress) return undefined;
    return setInterval(() => {
      const { percentage } = this.connection.progress;
      // -1 means that DuckDB has no estimate yet.
      const fraction = percentage < 0 ? null : Math.min(percentage / 100, 1);
      onProgress({ elapsedMs: performance.now() - started, fraction });
    }, progressIntervalMs);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<T & Timed> {
  const started = performance.now();
  const outcome = await work();
  return { ...outcome, elapsedMs: performance.now() - started };
}
