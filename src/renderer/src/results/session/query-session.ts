import type { ErrorReport } from '../../../../contract/app-error';
import type { ClusterProgress } from '../../../../contract/cluster';
import type { Result, RunRequest, StatementOutcome } from '../../../../contract/results';
import type { Engine } from '../../../../contract/warehouse';
import type { WarehouseClient } from '../../client/connection';
import { errorReportOf, isAbort } from '../../client/error-report';
import { Store } from '../../client/store';
import { ArrangedResult } from './arranged-result';
import { fetchMoreRows, runOnCluster, type ClusterRest } from './cluster-run';
import { openWindows, type OpenedResult } from '../rows/open-windows';
import type { ResultWindows } from '../rows/result-windows';

export type QueryState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      /** By `performance.now()`. */
      readonly startedAt: number;
      /** From 0 to 1; null while DuckDB has no estimate. */
      readonly fraction: number | null;
      /** The first rows, for statements that return them early. */
      readonly firstRows: OpenedResult | null;
      readonly on: Engine;
      /** Of a query on the cluster, once the cluster has answered. */
      readonly cluster: ClusterProgress | null;
    }
  /** Cancelled, but possibly still running. */
  | { readonly status: 'stopping'; readonly startedAt: number; readonly cancelledAt: number }
  | { readonly status: 'cancelled'; readonly elapsedMs: number }
  | { readonly status: 'failed'; readonly error: ErrorReport; readonly retry: () => void }
  | {
      readonly status: 'done';
      /** The statement and its parameters. */
      readonly sql: string;
      readonly parameters: StatementOptions['parameters'];
      readonly outcome: StatementOutcome;
      /** The rows; null if the statement returned none. */
      readonly windows: ResultWindows | null;
      /** The same with the user's sort and filters. */
      readonly arranged: ArrangedResult | null;
      readonly on: Engine;
      /** Of a query on the cluster. */
      readonly cluster: ClusterRest | null;
    };

/** Options of a statement. */
export interface StatementOptions extends Pick<RunRequest, 'parameters' | 'allowChanges'> {
  /** On this machine if not given. */
  readonly on?: Engine | undefined;
}

/** A statement that has ended. */
interface Ended {
  readonly outcome: StatementOutcome;
  readonly cluster: ClusterRest | null;
}

/**
 * One session of the warehouse process, which runs one statement at a time; its state is that of the last one. Every
 * session must be closed by its creator.
 */
export class QuerySession extends Store<QueryState> {
  #id: string;
  #running: AbortController | null = null;
  /** Of the statement that runs, or ran last. */
  #resultId: string | null = null;
  /** Closes the current or pending result; uses the client that created it, which may be gone. */
  #closeResult: (() => void) | null = null;
  #client: WarehouseClient | null = null;

  /** `getClient` is called for each statement, so that a session survives a restart of the warehouse process. */
  constructor(
    private readonly getClient: () => WarehouseClient | null,
    /** Statements with the same id share a connection. */
    id: string = crypto.randomUUID(),
  ) {
    super({ status: 'idle' });
    this.#id = id;
  }

  /** Runs a statement; a running one is cancelled. */
  async run(sql: string, options: StatementOptions = {}): Promise<void> {
    this.discard();
    const running = new AbortController();
    this.#running = running;
    const startedAt = performance.now();
    const { on = 'local', parameters } = options;
    this.replace({ status: 'running', startedAt, fraction: null, firstRows: null, on, cluster: null });
    try {
      const { outcome, cluster } = await this.#follow(sql, options, running.signal);
      if (running.signal.aborted) return;
      const arranged = outcome.result && (await this.#open(outcome.result));
      const windows = arranged?.opened.windows ?? null;
      if (!running.signal.aborted)
        this.replace({ status: 'done', sql, parameters, outcome, windows, arranged, on, cluster });
    } catch (error) {
      if (!running.signal.aborted) {
        this.replace({ status: 'failed', error: runFailure(error, sql), retry: () => void this.run(sql, options) });
      }
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /**
   * Cancels the running statement; its state is `cancelled` once the warehouse process confirms that it has stopped.
   */
  cancel(): void {
    if (!this.#running || this.#state.status !== 'running') return;
    const { startedAt } = this.#state;
    this.#running.abort();
    this.#running = null;
    // The statement may have ended already: then its result must be closed here.
    this.#forgetResult();
    const stopping: QueryState = { status: 'stopping', startedAt, cancelledAt: performance.now() };
    this.replace(stopping);
    const stopped = () => {
      if (this.#state !== stopping) return;
      this.replace({ status: 'cancelled', elapsedMs: performance.now() - startedAt });
    };
    // If the process is gone, nothing is running.
    const client = this.#client;
    const resultId = this.#resultId;
    const cancelled = client && resultId !== null ? client.results.cancel({ resultId }) : Promise.resolve();
    cancelled.then(stopped, stopped);
  }

  /**
   * Fetches more rows of a query on the cluster, which are shown with those that are there.
   * @param onGrown called before they are shown: answers about the result no longer hold
   */
  async fetchMore(onGrown: () => void): Promise<void> {
    const state = this.#state;
    const client = this.#client;
    const { result } = state.status === 'done' ? state.outcome : { result: null };
    if (state.status !== 'done' || !state.cluster?.more || state.cluster.fetching || !client || !result) return;
    let rest: ClusterRest = { ...state.cluster, fetching: true, progress: null, error: null };
    /** Not if the result has been closed meanwhile. */
    const show = (change: Partial<typeof state>) => {
      const now = this.#state;
      if (now.status === 'done' && now.outcome.result?.resultId === result.resultId)
        this.replace({ ...now, ...change });
    };
    show({ cluster: rest });
    try {
      const onProgress = (progress: ClusterProgress) => show({ cluster: (rest = { ...rest, progress }) });
      const { result: grown, more } = await fetchMoreRows(client, result.resultId, onProgress);
      const windows = await openWindows(client, grown);
      onGrown();
      state.arranged?.grow({ result: grown, windows });
      show({ outcome: { ...state.outcome, result: grown }, windows, cluster: { ...rest, more, fetching: false } });
    } catch (error) {
      show({ cluster: { ...rest, fetching: false, more: false, error: errorReportOf(error) } });
    }
  }

  /** Ends {@link fetchMore}; the result keeps the rows that have arrived. */
  stopFetching(): void {
    const resultId = this.#resultId;
    if (resultId !== null) this.#client?.results.cancel({ resultId }).catch(() => undefined);
  }

  /** Cancels the statement and closes the result; the session stays usable. */
  discard(): void {
    this.cancel();
    this.#forgetResult();
  }

  /** Ends the session and frees everything that the warehouse process holds for it. Running again starts a new one. */
  close(): void {
    this.cancel();
    if (this.#state.status === 'done') this.#state.arranged?.close();
    // If the process is gone, so is the session.
    this.#client?.results.closeSession({ sessionId: this.#id }).catch(() => undefined);
    this.#client = null;
    this.#closeResult = null;
    this.#id = crypto.randomUUID();
  }

  async #follow(sql: string, { on, ...options }: StatementOptions, signal: AbortSignal): Promise<Ended> {
    const client = this.getClient();
    if (!client) throw new DOMException('The warehouse process isn’t running.', 'AbortError');
    this.#client = client;
    const resultId = crypto.randomUUID();
    this.#resultId = resultId;
    this.#closeResult = () => void client.results.close({ resultId }).catch(() => undefined);
    const request = { sessionId: this.#id, resultId, sql };
    if (on === 'cluster') {
      return runOnCluster(client, request, signal, (cluster) => {
        if (!signal.aborted && this.#state.status === 'running') this.replace({ ...this.#state, cluster });
      });
    }
    let firstRows: Result | null = null;
    for await (const event of await client.results.run({ ...request, ...options }, { signal })) {
      if (event.type === 'done') return { outcome: event.outcome, cluster: null };
      if (signal.aborted) continue;
      if (event.firstRows && !firstRows) void this.#showFirstRows((firstRows = event.firstRows), signal);
      if (this.#state.status === 'running') this.replace({ ...this.#state, fraction: event.fraction });
    }
    throw new Error('The statement ended without an outcome.');
  }

  /** The rest is still loading: the first rows are optional. */
  async #showFirstRows(result: Result, signal: AbortSignal): Promise<void> {
    const firstRows = await this.#open(result).catch(() => null);
    if (firstRows && !signal.aborted && this.#state.status === 'running') {
      this.replace({ ...this.#state, firstRows: firstRows.opened });
    }
  }

  async #open(result: Result): Promise<ArrangedResult | null> {
    const client = this.#client;
    return client && new ArrangedResult(client, { result, windows: await openWindows(client, result) });
  }

  /** Closes the current or pending result, and its arrangement. */
  #forgetResult(): void {
    if (this.#state.status === 'done') this.#state.arranged?.close();
    this.#closeResult?.();
    this.#closeResult = null;
  }

  get #state(): QueryState {
    return this.getSnapshot();
  }
}

const maxShownSql = 200;

/** If the port closes during a statement, the process has ended, possibly because of it. */
function runFailure(error: unknown, sql: string): ErrorReport {
  if (!isAbort(error)) return errorReportOf(error);
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  const shown = line.length > maxShownSql ? `${line.slice(0, maxShownSql)}...` : line;
  return {
    code: 'WORKER_CRASHED',
    message: `The warehouse process ended while running this statement: ${shown}`,
    action: 'It restarts automatically. If this statement keeps ending it, rewrite the statement.',
  };
}
