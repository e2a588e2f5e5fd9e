import { cancelled } from '../../../contract/app-error';
import type { ClusterProgress } from '../../../contract/cluster';
import type { Session } from '../../console/session';
import { describeTable, type ResultTable } from '../../results/result-table';
import type { TrinoClient } from '../../trino/client';
import type { TrinoColumn } from '../../trino/protocol';
import type { TrinoOutcome, TrinoPage } from '../../trino/statement';
import type { TrinoRow } from '../../trino/values';
import { RowsTable } from '../rows/rows-table';

/**
 * A query on the cluster whose rows are fetched into a temporary table of a session, some at a time. In between the
 * cluster waits.
 */
export class OpenRows {
  readonly #stop = new AbortController();
  readonly #pages: AsyncGenerator<TrinoPage, TrinoOutcome, void>;
  #rows: RowsTable | null = null;
  #columns: readonly TrinoColumn[] = [];
  /** Rows of the last page that are not in the table yet. */
  #left: readonly TrinoRow[] = [];
  #isDone = false;
  #onProgress: ((progress: ClusterProgress) => void) | undefined;
  queryId = '';

  constructor(
    client: TrinoClient,
    sql: string,
    private readonly session: Session,
    private readonly name: string,
  ) {
    const onProgress = (progress: ClusterProgress) => {
      this.queryId = progress.queryId;
      this.#onProgress?.(progress);
    };
    this.#pages = client.pages(sql, { signal: this.#stop.signal, readOnly: true, onProgress });
  }

  /** Whether the cluster may have more rows. */
  get hasMore(): boolean {
    return !this.#isDone || this.#left.length > 0;
  }

  get notes(): string[] {
    return this.#rows?.notes ?? [];
  }

  /**
   * Adds up to `mostRows` rows to the table.
   * @param signal ends the query on the cluster; the table keeps the rows that it has
   */
  async fetch(
    mostRows: number,
    signal: AbortSignal,
    onProgress: ((progress: ClusterProgress) => void) | undefined,
  ): Promise<void> {
    this.#onProgress = onProgress;
    const stop = () => void this.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) throw cancelled('The query');
      for (let room = mostRows; room > 0;) {
        if (this.#left.length === 0 && !(await this.#nextPage())) break;
        const rows = this.#left.slice(0, room);
        this.#left = this.#left.slice(room);
        await this.#append(rows, signal);
        room -= rows.length;
      }
    } catch (error) {
      throw signal.aborted ? cancelled('The query') : error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#onProgress = undefined;
    }
  }

  /** The table with the rows that have been fetched. */
  async table(): Promise<ResultTable> {
    const { unnamed } = await this.#created();
    const names = this.#columns.map(({ name }) => name);
    return this.session.work((connection) => describeTable(this.name, names, connection, unnamed));
  }

  /** Ends the query on the cluster, which the client tells it; its `close` waits until that is done. */
  async close(): Promise<void> {
    this.#isDone = true;
    this.#left = [];
    this.#stop.abort();
    const end = { queryId: this.queryId, updateType: null, updateCount: null };
    await this.#pages.return(end).catch(() => undefined);
  }

  async #nextPage(): Promise<boolean> {
    if (this.#isDone) return false;
    const { done, value } = await this.#pages.next();
    if (done) {
      this.#isDone = true;
      return false;
    }
    this.#columns = value.columns;
    this.#left = value.rows;
    return true;
  }

  /** Each page by itself, so that other results of the session stay readable. */
  async #append(rows: readonly TrinoRow[], signal: AbortSignal): Promise<void> {
    const table = await this.#created();
    if (rows.length > 0) await this.session.work((connection) => table.append(rows, connection), { signal });
  }

  async #created(): Promise<RowsTable> {
    if (this.#rows) return this.#rows;
    const table = new RowsTable(this.name, this.#columns);
    await this.session.work((connection) => table.create(connection));
    this.#rows = table;
    return table;
  }
}
