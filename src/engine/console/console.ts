import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelled } from '../../contract/app-error';
import type { SqlTable } from '../../contract/language';
import type { Plan } from '../../contract/result-work';
import type { Result, StatementOutcome } from '../../contract/results';
import type { Database } from '../database/database';
import { VolatileFunctions, type FirstRows } from '../results/first-rows';
import { ReadLog } from './read-log';
import { linkedAbort } from '../linked-abort';
import { rowsTableOf } from '../sql/result-names';
import { dropTable, type ResultTable } from '../results/result-table';
import { Results } from './results';
import { Session, type StatementOptions, type WorkOptions } from './session';
import { temporaryTablesOf } from './temporary-tables';

export interface ConsoleRunOptions extends Omit<StatementOptions, 'onFirstRows'> {
  /** Lets the statement write into the warehouse and `exports/`. */
  readonly allowChanges?: boolean | undefined;
  /** The id of the result; random if not given. */
  readonly resultId?: string | undefined;
  /** Called with the first rows while the rest is still running, for statements that allow it. */
  readonly onFirstRows?: (firstRows: Result) => void;
}

/** A result whose rows don't come from DuckDB. */
export interface KeptRows {
  readonly sessionId: string;
  readonly resultId: string;
  readonly signal: AbortSignal | undefined;
  /** Called once when the result is closed. */
  readonly onClose: () => void;
}

interface Run {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

const ignore = () => undefined;

/** Runs SQL for the console, previews and charts. Results stay here; callers read windows of them. */
export class Console {
  readonly results: Results;
  readonly #sessions = new Map<string, Promise<Session>>();
  /** By the id of the result, as long as the statement is queued or running. */
  readonly #runs = new Map<string, Run>();
  readonly #readLog: ReadLog;
  readonly #volatileFunctions = new VolatileFunctions();

  constructor(private readonly database: Database) {
    this.#readLog = new ReadLog(database);
    this.results = new Results(database.workspace);
  }

  /**
   * Runs one statement and keeps its rows until the result is closed; read-only unless changes are allowed.
   * @throws AppError SQL_ERROR (with position), SQL_READ_ONLY, OUT_OF_MEMORY, CANCELLED, DATABASE_LOCKED
   */
  async run(sessionId: string, sql: string, options: ConsoleRunOptions = {}): Promise<StatementOutcome> {
    const resultId = options.resultId ?? randomUUID();
    return this.cancellable(resultId, options.signal, (signal) =>
      this.#run(sessionId, sql, { ...options, resultId, signal }),
    );
  }

  /** Runs `work` on a result; {@link cancel} aborts its signal. */
  async cancellable<T>(
    resultId: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { controller: stop, unlink } = linkedAbort(signal);
    const outcome = work(stop.signal);
    this.#runs.set(resultId, { stop, ended: outcome.then(ignore, ignore) });
    try {
      return await outcome;
    } finally {
      unlink();
      this.#runs.delete(resultId);
    }
  }

  /**
   * Keeps rows that don't come from DuckDB as a result of a session, like those of {@link run}.
   * @param fill creates the table of that name and fills it; the table is dropped if that fails
   * @throws AppError CANCELLED if the result was closed, or its caller left, meanwhile
   */
  async keepRows<T extends { readonly table: ResultTable }>(
    { sessionId, resultId, signal, onClose }: KeptRows,
    fill: (session: Session, table: string) => Promise<T>,
  ): Promise<T & { readonly result: Result }> {
    const session = await this.#session(sessionId, signal);
    const name = rowsTableOf(resultId);
    const kept = await this.results.keep({ resultId, session, baseId: null, signal, onClose }, () =>
      fill(session, name).catch(async (error: unknown) => {
        await session.use((connection) => dropTable(name, connection)).catch(ignore);
        throw error;
      }),
    );
    const { result } = kept;
    if (!result) throw cancelled('The query');
    return { ...kept, result };
  }

  async #run(
    sessionId: string,
    sql: string,
    options: ConsoleRunOptions & { readonly resultId: string },
  ): Promise<StatementOutcome> {
    const { allowChanges = false, resultId, onFirstRows, ...others } = options;
    const session = await this.#session(sessionId, options.signal);
    const name = rowsTableOf(resultId);
    const awaited = { resultId, session, baseId: null, signal: options.signal };
    if (allowChanges) {
      const { kind, elapsedMs, changedRows, result } = await this.results.keep(awaited, () =>
        session.runChanging(sql, name, others),
      );
      return { kind, elapsedMs, changedRows, result };
    }
    const firstRowsOptions = onFirstRows && {
      onFirstRows: (firstRows: FirstRows) => onFirstRows(this.results.keepFirstRows(resultId, firstRows)),
    };
    try {
      const read = () => session.run(sql, name, { ...others, ...firstRowsOptions });
      const { kind, elapsedMs, result } = await this.results.keep(awaited, read);
      if (!result) throw cancelled('The query');
      return { kind, elapsedMs, changedRows: null, result };
    } finally {
      this.results.dropFirstRows(resultId);
    }
  }

  /**
   * Cancels the statement with this result, and no later one that has been queued meanwhile; returns once it has stopped.
   */
  async cancel(resultId: string): Promise<void> {
    const run = this.#runs.get(resultId);
    run?.stop.abort();
    await run?.ended;
  }

  /** Rows `offset` to `offset + limit` as an Arrow IPC stream. */
  window(resultId: string, offset: number, limit: number): Promise<Uint8Array> {
    return this.results.window(resultId, offset, limit);
  }

  /** Runs a SELECT for its plan: time, rows and Parquet files of each operator. */
  async explain(sessionId: string, sql: string, options: WorkOptions = {}): Promise<Plan> {
    return (await this.#session(sessionId, options.signal)).explain(sql, this.#readLog, options);
  }

  /** The temporary tables and views of a session, after its running statements; none if it has not run anything. */
  async temporaryTables(sessionId: string, options: WorkOptions = {}): Promise<SqlTable[]> {
    if (!this.#sessions.has(sessionId)) return [];
    const tables = await this.read(sessionId, temporaryTablesOf, options);
    return tables.map((table) => ({ ...table, records: false, sessionId }));
  }

  /** Passes the connection of a session to `work`, which only reads, after its running statements. */
  async read<T>(
    sessionId: string,
    work: (connection: DuckDBConnection) => Promise<T>,
    options: WorkOptions = {},
  ): Promise<T> {
    return (await this.#session(sessionId, options.signal)).read(work, options);
  }

  close(resultId: string): Promise<void> {
    return this.results.close(resultId);
  }

  /** Closes a session and its results, and cancels everything running in it. */
  async closeSession(sessionId: string): Promise<void> {
    const session = await this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    if (!session) return;
    this.results.forget(session);
    await session.close();
  }

  async closeAll(): Promise<void> {
    // All of them, even if one fails: the database is closed next.
    await Promise.allSettled([...this.#sessions.keys()].map((sessionId) => this.closeSession(sessionId)));
  }

  /** The session with this id, opened if necessary. Not for a caller that has left: it would never be closed. */
  async #session(sessionId: string, signal: AbortSignal | undefined): Promise<Session> {
    if (signal?.aborted) throw cancelled('The query');
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const opened = Session.open(this.database, this.#volatileFunctions);
    this.#sessions.set(sessionId, opened);
    // A session that failed to open is tried again next time.
    opened.catch(() => this.#sessions.delete(sessionId));
    return opened;
  }
}
