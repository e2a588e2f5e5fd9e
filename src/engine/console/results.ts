import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/app-error';
import type {
  AreaSummary,
  Arrangement,
  Cell,
  Chart,
  ChartData,
  ColumnProfile,
  CopyFormat,
  ExportFormat,
  ResultArea,
} from '../../contract/result-work';
import type { Result } from '../../contract/results';
import { quoteIdentifier } from '../warehouse/sql-text';
import { copyArea } from './area';
import { summariseArea } from './area-summary';
import { arrange } from './arrange';
import { readCell } from './cell';
import { chartOf } from './chart';
import { stagedExport, writeExport } from './export-file';
import type { Head } from './head';
import { profileColumn } from './profile';
import { windowSql, type ResultTable } from './result-table';
import type { Session, WorkOptions } from './session';

interface StoredResult {
  readonly session: Session;
  readonly table: ResultTable;
}

/** Without the result that it belongs to. */
type Area = Omit<ResultArea, 'resultId'>;

/**
 * The results that are kept. All that can be done with one is SQL over its temporary table, on the connection of its
 * session; an arrangement of a result is a result of its own.
 */
export class Results {
  readonly #results = new Map<string, StoredResult>();
  /** First rows of results whose statement is still running. */
  readonly #heads = new Map<string, Head>();

  constructor(private readonly exportsFolder: string) {}

  keep(resultId: string, session: Session, table: ResultTable): Result {
    this.#results.set(resultId, { session, table });
    return { resultId, columns: [...table.columns], rows: table.rows };
  }

  keepHead(resultId: string, head: Head): Result {
    this.#heads.set(resultId, head);
    return { resultId, columns: [...head.columns], rows: head.rows };
  }

  /** Its statement has ended: the head is in the table now, or was for nothing. */
  dropHead(resultId: string): void {
    this.#heads.delete(resultId);
  }

  /** Rows `offset` to `offset + limit` as an Arrow IPC stream. */
  async window(resultId: string, offset: number, limit: number): Promise<Uint8Array> {
    const head = this.#heads.get(resultId);
    if (head && offset === 0 && !this.#results.has(resultId)) return head.stream;
    const { session, table } = this.#stored(resultId);
    // Loaded with the first window: Arrow is not needed for the process to be of use, and takes a while.
    const { readArrow } = await import('./arrow-window');
    return session.use(async (connection) => {
      const { stream } = await readArrow(windowSql(table, offset, limit), connection);
      return stream;
    });
  }

  /** Another result with the same rows, sorted and filtered. */
  async arrange(resultId: string, arrangement: Arrangement, options?: WorkOptions): Promise<Result> {
    const { session, table } = this.#stored(resultId);
    const arrangedId = randomUUID();
    return session.work(async (connection) => {
      const arranged = await arrange(table, arrangement, `arranged_${arrangedId}`, connection);
      return this.keep(arrangedId, session, arranged);
    }, options);
  }

  async cell(resultId: string, row: number, column: number): Promise<Cell> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => readCell(table, row, column, connection));
  }

  async summarise(resultId: string, area: Area, options?: WorkOptions): Promise<AreaSummary> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => summariseArea(table, area, connection), options);
  }

  async copy(
    resultId: string,
    area: Area & { format: CopyFormat; header: boolean },
    options?: WorkOptions,
  ): Promise<string> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => copyArea(table, area, connection), options);
  }

  async profile(resultId: string, column: number, options?: WorkOptions): Promise<ColumnProfile> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => profileColumn(table, column, connection), options);
  }

  async chart(resultId: string, chart: Chart, options?: WorkOptions): Promise<ChartData> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => chartOf(table, chart, connection), options);
  }

  /** Writes all rows, of all columns unless `columns` says which, into the staged file of `exportId`. */
  async export(
    resultId: string,
    format: ExportFormat,
    exportId: string,
    options: WorkOptions & { readonly columns?: readonly number[] | undefined } = {},
  ): Promise<{ bytes: number; rows: number }> {
    const { session, table } = this.#stored(resultId);
    const columns = options.columns ?? table.columns.map((_, index) => index);
    return session.work(async (connection) => {
      const file = stagedExport(this.exportsFolder, exportId);
      const bytes = await writeExport(table, { format, columns }, file, connection);
      return { bytes, rows: table.rows };
    }, options);
  }

  /** Drops a result; closing one that is gone already does nothing. */
  async close(resultId: string): Promise<void> {
    const stored = this.#results.get(resultId);
    this.#results.delete(resultId);
    if (!stored) return;
    const { session, table } = stored;
    const dropped = table.arranged?.order ?? table.name;
    await session.use((connection) => connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(dropped)}`));
  }

  /** Forgets the results of a session, whose connection takes the tables with it. */
  forget(session: Session): void {
    for (const [resultId, stored] of this.#results) if (stored.session === session) this.#results.delete(resultId);
  }

  #stored(resultId: string): StoredResult {
    const stored = this.#results.get(resultId);
    if (stored) return stored;
    throw new AppError('RESULT_GONE', 'This result is no longer there.', { action: 'Run the query again.' });
  }
}
