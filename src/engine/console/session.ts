import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelled } from '../../contract/app-error';
import type { Plan } from '../../contract/result-work';
import type { RunEvent } from '../../contract/results';
import type { Database } from '../warehouse/database';
import { quoteIdentifier } from '../warehouse/sql-text';
import { explainAnalyze } from './explain';
import { beginReadOnly, offerHead, type Head } from './head';
import { describeTable, type ResultTable } from './result-table';
import { sqlError } from './sql-error';
import { columnsOf, readStatement, type ReadStatement } from './statement';

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of DuckDB's own estimate, a few times a second. */
  readonly onProgress?: (progress: Omit<Extract<RunEvent, { type: 'progress' }>, 'type' | 'head'>) => void;
}

export interface RunOptions extends WorkOptions {
  /** Told of the first rows while the rest is on its way. */
  readonly onHead?: (head: Head) => void;
}

/** What a statement yielded; `table` lives on the session's connection. */
export interface RunOutcome {
  readonly kind: string;
  readonly elapsedMs: number;
  readonly table: ResultTable;
}

const progressIntervalMs = 100;

/** A connection of its own for one tab, preview or chart: its statements run one after the other. */
export class Session {
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly database: Database,
  ) {}

  static async open(database: Database): Promise<Session> {
    return new Session(await database.connect(), database);
  }

  /** Runs one reading statement and keeps its rows in the temporary table `table`. */
  run(sql: string, table: string, options: RunOptions = {}): Promise<RunOutcome> {
    return this.#read(sql, options, async (connection) => {
      const started = performance.now();
      const outcome = await runReadOnly(sql, table, connection, options);
      return { ...outcome, elapsedMs: performance.now() - started };
    });
  }

  /** Runs a SELECT under `EXPLAIN ANALYZE`. */
  explain(sql: string, options: WorkOptions = {}): Promise<Plan> {
    return this.#read(sql, options, async (connection) => {
      await connection.run(beginReadOnly);
      const plan = await explainAnalyze(sql, connection);
      await connection.run('COMMIT');
      return plan;
    });
  }

  /** Works on the results of this session; can be cancelled as a statement can. */
  work<T>(work: (connection: DuckDBConnection) => Promise<T>, options: WorkOptions = {}): Promise<T> {
    return this.use((connection) => this.#interruptible(connection, '', options, () => work(connection)));
  }

  /** Runs what reads the warehouse, with its tables in sight, in a transaction that `work` begins and commits. */
  #read<T>(sql: string, options: WorkOptions, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.use(async (connection) => {
      if (options.signal?.aborted) throw cancelled('The query');
      await this.database.useCatalog(connection);
      try {
        return await this.#interruptible(connection, sql, options, () => work(connection));
      } catch (error) {
        await connection.run('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        await this.database.leaveCatalog(connection);
      }
    });
  }

  async #interruptible<T>(
    connection: DuckDBConnection,
    sql: string,
    options: WorkOptions,
    work: () => Promise<T>,
  ): Promise<T> {
    const { signal } = options;
    if (signal?.aborted) throw cancelled('The query');
    const stop = this.#report(performance.now(), options);
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work();
    } catch (error) {
      throw signal?.aborted ? cancelled('The query') : sqlError(error, sql, this.database.folder);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      stop();
    }
  }

  /** Lends the connection once the statements before have ended. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => work(this.connection));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Stops what runs and drops every temporary table. */
  async close(): Promise<void> {
    this.connection.interrupt();
    await this.use(async (connection) => connection.closeSync());
  }

  #report(started: number, { onProgress }: WorkOptions): () => void {
    if (!onProgress) return () => undefined;
    const timer = setInterval(() => {
      const { percentage } = this.connection.progress;
      // Before DuckDB can tell it answers -1.
      const fraction = percentage < 0 ? null : Math.min(percentage / 100, 1);
      onProgress({ elapsedMs: performance.now() - started, fraction });
    }, progressIntervalMs);
    return () => clearInterval(timer);
  }
}

/**
 * In a READ ONLY transaction DuckDB itself refuses every write but those to temporary tables, whatever the SQL says.
 * The rows go straight into the table where the grammar allows it, else through memory (SHOW, EXPLAIN, ...: few rows).
 */
async function runReadOnly(
  sql: string,
  table: string,
  connection: DuckDBConnection,
  { onHead, signal }: RunOptions,
): Promise<Omit<RunOutcome, 'elapsedMs'>> {
  await connection.run(beginReadOnly);
  const statement = await readStatement(sql, connection);
  const columns = statement.prepared ? columnsOf(statement.prepared) : null;
  if (statement.embeddable === null) await copyInto(table, statement, connection);
  else {
    if (onHead && columns) await offerHead(statement.embeddable, columns, connection, onHead, signal);
    await embed(sql, statement.embeddable, table, connection);
  }
  await connection.run('COMMIT');
  return { kind: statement.kind, table: await describeTable(table, columns, connection) };
}

async function embed(sql: string, embeddable: string, table: string, connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} AS\n${embeddable}`);
  } catch (error) {
    throw sqlError(error, sql, '', 1);
  }
}

async function copyInto(table: string, { prepared }: ReadStatement, connection: DuckDBConnection): Promise<void> {
  if (!prepared) return;
  const result = await prepared.run();
  const columns = result.columnTypes().map((type, index) => `${quoteIdentifier(`column${index}`)} ${type.toString()}`);
  await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table, 'main', 'temp');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
