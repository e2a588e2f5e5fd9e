import { randomUUID } from 'node:crypto';
import type { Plan, SaveMetricRequest } from '../../contract/result-work';
import type { Result, StatementOutcome } from '../../contract/results';
import type { Database } from '../warehouse/database';
import { workspaceAt } from '../workspace';
import { VolatileFunctions } from './head';
import { ReadLog } from './read-log';
import { Results } from './results';
import { saveMetric } from './save-metric';
import { Session, type RunOptions, type WorkOptions } from './session';

export interface ConsoleRunOptions extends Omit<RunOptions, 'onHead'> {
  /** Lets the statement write into the warehouse and `exports/`. */
  readonly allowChanges?: boolean | undefined;
  /** Told of the first rows while the rest is on its way, for statements that allow it. */
  readonly onHead?: (head: Result) => void;
}

/** Runs SQL for console, previews and charts alike: a result stays here, its readers get windows of it. */
export class Console {
  readonly results: Results;
  readonly #sessions = new Map<string, Promise<Session>>();
  readonly #readLog: ReadLog;
  readonly #volatileFunctions = new VolatileFunctions();

  constructor(private readonly database: Database) {
    this.#readLog = new ReadLog(database);
    this.results = new Results(workspaceAt(database.folder).exportsFolder);
  }

  /**
   * Runs one statement and keeps its rows until they are closed; read-only unless it may change things.
   * @throws AppError SQL_ERROR (with position), SQL_READ_ONLY, OUT_OF_MEMORY, CANCELLED, DATABASE_LOCKED
   */
  async run(sessionId: string, sql: string, options: ConsoleRunOptions = {}): Promise<StatementOutcome> {
    const session = await this.#session(sessionId);
    const resultId = randomUUID();
    const name = `result_${resultId}`;
    if (options.allowChanges) {
      const { kind, elapsedMs, table, changedRows } = await session.runChanging(sql, name, options);
      return { kind, elapsedMs, changedRows, result: table && this.results.keep(resultId, session, table) };
    }
    const { onHead, ...others } = options;
    try {
      const { kind, elapsedMs, table } = await session.run(sql, name, {
        ...others,
        ...(onHead && { onHead: (head) => onHead(this.results.keepHead(resultId, head)) }),
      });
      return { kind, elapsedMs, changedRows: null, result: this.results.keep(resultId, session, table) };
    } finally {
      this.results.dropHead(resultId);
    }
  }

  /** Stops what runs in a session; returns once it has stopped. */
  async cancel(sessionId: string): Promise<void> {
    await (await this.#sessions.get(sessionId))?.cancel();
  }

  /** Rows `offset` to `offset + limit` as an Arrow IPC stream. */
  window(resultId: string, offset: number, limit: number): Promise<Uint8Array> {
    return this.results.window(resultId, offset, limit);
  }

  /** Runs a SELECT for its plan: which operator took how long, on how many rows, from which Parquet files. */
  async explain(sessionId: string, sql: string, options: WorkOptions = {}): Promise<Plan> {
    return (await this.#session(sessionId)).explain(sql, this.#readLog, options);
  }

  /** Writes a query as a model of the workspace; returns its path from there. */
  async saveMetric(request: SaveMetricRequest): Promise<string> {
    await this.database.attach({ create: false });
    const { modelsFolder } = workspaceAt(this.database.folder);
    return this.database.use((connection) => saveMetric(request, modelsFolder, connection));
  }

  close(resultId: string): Promise<void> {
    return this.results.close(resultId);
  }

  /** Ends a session with its results; what runs in it is cancelled. */
  async closeSession(sessionId: string): Promise<void> {
    const session = await this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    if (!session) return;
    this.results.forget(session);
    await session.close();
  }

  async closeAll(): Promise<void> {
    // All of them, even where one fails: the database is closed next.
    await Promise.allSettled([...this.#sessions.keys()].map((sessionId) => this.closeSession(sessionId)));
  }

  #session(sessionId: string): Promise<Session> {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const opened = Session.open(this.database, this.#volatileFunctions);
    this.#sessions.set(sessionId, opened);
    return opened;
  }
}
