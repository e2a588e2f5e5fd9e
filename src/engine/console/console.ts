import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/app-error';
import type { StatementOutcome } from '../../contract/results';
import type { Database } from '../warehouse/database';
import { windowSql, type ResultTable } from './result-table';
import { Session, type RunOptions } from './session';
import { quoteIdentifier } from '../warehouse/sql-text';

interface StoredResult {
  readonly session: Session;
  readonly table: ResultTable;
}

export interface ConsoleRunOptions extends RunOptions {
  readonly allowChanges?: boolean | undefined;
}

/** Runs SQL for console, previews and charts alike: a result stays here, its readers get windows of it. */
export class Console {
  readonly #sessions = new Map<string, Promise<Session>>();
  readonly #results = new Map<string, StoredResult>();

  constructor(private readonly database: Database) {}

  /**
   * Runs one statement and keeps its rows until {@link close}; read-only unless it may change things.
   * @throws AppError SQL_ERROR (with position), SQL_READ_ONLY, OUT_OF_MEMORY, CANCELLED, DATABASE_LOCKED
   */
  async run(sessionId: string, sql: string, options: ConsoleRunOptions = {}): Promise<StatementOutcome> {
    const session = await this.#session(sessionId);
    const resultId = randomUUID();
    const { kind, elapsedMs, table, changedRows } = await runIn(session, sql, `result_${resultId}`, options);
    if (table) this.#results.set(resultId, { session, table });
    const result = table && { resultId, columns: [...table.columns], rows: table.rows };
    return { kind, elapsedMs, result, changedRows };
  }

  /** Stops what runs in a session; returns once it has stopped. */
  async cancel(sessionId: string): Promise<void> {
    await (await this.#sessions.get(sessionId))?.cancel();
  }

  /** Rows `offset` to `offset + limit` as an Arrow IPC stream. */
  async window(resultId: string, offset: number, limit: number): Promise<Uint8Array> {
    const { session, table } = this.#stored(resultId);
    // Loaded with the first window: Arrow is not needed for the process to be of use, and takes a while.
    const { readArrow } = await import('./arrow-window');
    return session.use((connection) => readArrow(windowSql(table, offset, limit), connection));
  }

  /** Drops a result; closing one that is gone already does nothing. */
  async close(resultId: string): Promise<void> {
    const stored = this.#results.get(resultId);
    this.#results.delete(resultId);
    if (!stored) return;
    await stored.session.use((connection) =>
      connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(stored.table.name)}`),
    );
  }

  /** Ends a session with its results; what runs in it is cancelled. */
  async closeSession(sessionId: string): Promise<void> {
    const session = await this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    for (const [resultId, stored] of this.#results) if (stored.session === session) this.#results.delete(resultId);
    await session?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((sessionId) => this.closeSession(sessionId)));
  }

  #session(sessionId: string): Promise<Session> {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const opened = Session.open(this.database);
    this.#sessions.set(sessionId, opened);
    return opened;
  }

  #stored(resultId: string): StoredResult {
    const stored = this.#results.get(resultId);
    if (stored) return stored;
    throw new AppError('RESULT_GONE', 'This result is no longer there.', { action: 'Run the query again.' });
  }
}

async function runIn(session: Session, sql: string, table: string, { allowChanges, ...options }: ConsoleRunOptions) {
  if (allowChanges) return session.runChanging(sql, table, options);
  return { changedRows: null, ...(await session.run(sql, table, options)) };
}
