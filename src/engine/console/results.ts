import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError, cancelled } from '../../contract/app-error';
import type {
  AreaSummary,
  Arrangement,
  Cell,
  Chart,
  ChartData,
  ColumnProfile,
  CopyFormat,
  ExportFormat,
  FindRequest,
  FoundBlocks,
  FoundCells,
  ResultArea,
} from '../../contract/result-work';
import type { Result } from '../../contract/results';
import type { Workspace } from '../workspace';
import { copyArea } from '../results/area';
import { summariseArea } from '../results/area-summary';
import { arrange } from '../results/arrange';
import { readCell } from '../results/cell';
import { chartOf } from '../results/chart/chart';
import { writeExport } from '../results/export-file';
import { countFound, foundInBlock } from '../results/find';
import type { FirstRows } from '../results/first-rows';
import { profileColumn } from '../results/profile';
import { orderTableOf } from '../sql/result-names';
import { dropTable, windowSql, type ResultTable } from '../results/result-table';
import type { Session, WorkOptions } from './session';

interface StoredResult {
  readonly session: Session;
  readonly table: ResultTable;
  /** The result that this one was arranged from. */
  readonly baseId: string | null;
  readonly onClose: (() => void) | undefined;
}

/** The result that a table becomes once it exists. */
interface Awaited {
  readonly resultId: string;
  readonly session: Session;
  readonly baseId: string | null;
  /** The caller's; the result is dropped once it is aborted. */
  readonly signal: AbortSignal | undefined;
  /** Called once when the result is closed, for what belongs to it besides its table. */
  readonly onClose?: (() => void) | undefined;
}

/** An arrangement, and the id of the arranged result; random if not given. */
interface ArrangeOptions extends WorkOptions {
  readonly arrangedId?: string | undefined;
}

/** Without the id of its result. */
type Area = Omit<ResultArea, 'resultId'>;
type Search = Omit<FindRequest, 'resultId'>;

/**
 * The results that are kept. All operations on a result are SQL over its temporary table, on the connection of its
 * session. An arranged result is a result, too.
 */
export class Results {
  readonly #results = new Map<string, StoredResult>();
  /** Results whose tables are being filled, except those closed meanwhile. */
  readonly #awaited = new Map<string, Session>();
  /** First rows of results whose statement is still running. */
  readonly #firstRows = new Map<string, FirstRows>();

  constructor(private readonly workspace: Workspace) {}

  /**
   * Keeps the result whose table `make` fills.
   * @returns the outcome of `make`. Its result is null if there is no table, or if the result was closed or its caller
   * left meanwhile; the table is dropped then.
   */
  async keep<T extends { readonly table: ResultTable | null }>(
    { resultId, session, baseId, signal, onClose }: Awaited,
    make: () => Promise<T>,
  ): Promise<T & { readonly result: Result | null }> {
    if (this.#results.has(resultId) || this.#awaited.has(resultId)) {
      throw new AppError('INVALID_OPTIONS', 'A result with this id already exists.', { action: 'Use a new id.' });
    }
    this.#awaited.set(resultId, session);
    let wanted = false;
    const made = await make().finally(() => (wanted = this.#awaited.delete(resultId)));
    const { table } = made;
    if (!table) return { ...made, result: null };
    if (!wanted || signal?.aborted || (baseId !== null && !this.#results.has(baseId))) {
      await this.#drop({ session, table, baseId, onClose });
      return { ...made, result: null };
    }
    this.#results.set(resultId, { session, table, baseId, onClose });
    return { ...made, result: { resultId, columns: [...table.columns], rows: table.rows } };
  }

  keepFirstRows(resultId: string, firstRows: FirstRows): Result {
    this.#firstRows.set(resultId, firstRows);
    return { resultId, columns: [...firstRows.columns], rows: firstRows.rows };
  }

  /**
   * Shows more rows of a result, whose table has grown. Results arranged from it, which lack them, are closed.
   * @throws AppError RESULT_GONE if it was closed meanwhile
   */
  async grow(resultId: string, table: ResultTable): Promise<Result> {
    const stored = this.#stored(resultId);
    this.#results.set(resultId, { ...stored, table });
    const arranged = [...this.#results].filter(([, { baseId }]) => baseId === resultId);
    await Promise.all(arranged.map(([id]) => this.close(id)));
    return { resultId, columns: [...table.columns], rows: table.rows };
  }

  /** Its statement has ended: the first rows are in its table now, or the statement failed. */
  dropFirstRows(resultId: string): void {
    this.#firstRows.delete(resultId);
  }

  /** Rows `offset` to `offset + limit` as an Arrow IPC stream. */
  async window(resultId: string, offset: number, limit: number): Promise<Uint8Array> {
    const firstRows = this.#firstRows.get(resultId);
    if (firstRows && offset === 0 && !this.#results.has(resultId)) return firstRows.stream;
    const { session, table } = this.#stored(resultId);
    // Loaded with the first window, since loading Arrow takes time.
    const { readArrow } = await import('../results/arrow-window');
    return session.use(async (connection) => {
      const { stream } = await readArrow(windowSql(table, offset, limit), connection);
      return stream;
    });
  }

  /**
   * A result with the same rows, sorted and filtered. It is closed together with the one it was arranged from.
   * @throws AppError CANCELLED if either was closed, or the caller left, meanwhile
   */
  async arrange(resultId: string, arrangement: Arrangement, options: ArrangeOptions = {}): Promise<Result> {
    const { session, table, baseId } = this.#stored(resultId);
    const { arrangedId = randomUUID(), ...others } = options;
    const order = orderTableOf(arrangedId);
    const awaited = { resultId: arrangedId, session, baseId: baseId ?? resultId, signal: options.signal };
    const { result } = await this.keep(awaited, async () => ({
      table: await session.work((connection) => arrange(table, arrangement, order, connection), others, order),
    }));
    if (!result) throw cancelled('The query');
    return result;
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

  /** Passes the table of a result and the connection that has it to `work`. */
  async withTable<T>(
    resultId: string,
    work: (table: ResultTable, connection: DuckDBConnection) => Promise<T>,
    options?: WorkOptions,
  ): Promise<T> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => work(table, connection), options);
  }

  /** Counts the cells that contain a text, by block of rows. */
  async find(resultId: string, search: Search, options?: WorkOptions): Promise<FoundBlocks> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => countFound(table, search, connection), options);
  }

  /** The cells of one block that contain the text. */
  async foundInBlock(resultId: string, search: Search, block: number, options?: WorkOptions): Promise<FoundCells> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => foundInBlock(table, search, block, connection), options);
  }

  async chart(resultId: string, chart: Chart, options?: WorkOptions): Promise<ChartData> {
    const { session, table } = this.#stored(resultId);
    return session.work((connection) => chartOf(table, chart, connection), options);
  }

  /** Writes all rows, with all columns or those in `columns`, to the staged file of `exportId`. */
  async export(
    resultId: string,
    format: ExportFormat,
    exportId: string,
    options: WorkOptions & { readonly columns?: readonly number[] | undefined } = {},
  ): Promise<{ bytes: number; rows: number }> {
    const { session, table } = this.#stored(resultId);
    const columns = options.columns ?? table.columns.map((_, index) => index);
    return session.work(async (connection) => {
      const bytes = await writeExport(table, { format, columns }, exportId, this.workspace, connection);
      return { bytes, rows: table.rows };
    }, options);
  }

  /**
   * Drops a result and those arranged from it. One that is still being made is dropped as soon as it exists; closing a
   * closed one does nothing.
   */
  async close(resultId: string): Promise<void> {
    this.#awaited.delete(resultId);
    const closed = [...this.#results].filter(([id, { baseId }]) => id === resultId || baseId === resultId);
    for (const [id] of closed) this.#results.delete(id);
    await Promise.all(closed.map(([, stored]) => this.#drop(stored)));
  }

  /** Forgets the results of a session; their tables go with its connection. */
  forget(session: Session): void {
    for (const [resultId, stored] of this.#results) {
      if (stored.session !== session) continue;
      this.#results.delete(resultId);
      stored.onClose?.();
    }
    for (const [resultId, of] of this.#awaited) if (of === session) this.#awaited.delete(resultId);
  }

  /** Drops the table of a result. For an arranged one, only the table with its order: the rows belong to its base. */
  async #drop({ session, table, onClose }: StoredResult): Promise<void> {
    onClose?.();
    // If the connection was closed meanwhile, the table went with it.
    await session
      .use((connection) => dropTable(table.arranged?.order ?? table.name, connection))
      .catch(() => undefined);
  }

  #stored(resultId: string): StoredResult {
    const stored = this.#results.get(resultId);
    if (stored) return stored;
    throw new AppError('RESULT_GONE', 'This result has expired.', { action: 'Run the query again.' });
  }
}
