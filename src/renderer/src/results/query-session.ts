import type { ErrorReport } from '../../../contract/app-error';
import type { StatementOutcome } from '../../../contract/results';
import type { WarehouseClient } from '../client/connection';
import { errorReportOf } from '../client/error-report';
import { ResultWindows } from './result-windows';

export type QueryState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      /** By `performance.now()`. */
      readonly startedAt: number;
      /** From 0 to 1; null while DuckDB has no estimate. */
      readonly fraction: number | null;
    }
  | { readonly status: 'cancelled'; readonly elapsedMs: number }
  | { readonly status: 'failed'; readonly error: ErrorReport; readonly retry: () => void }
  | {
      readonly status: 'done';
      readonly outcome: StatementOutcome;
      /** The rows; null when the statement yields none. */
      readonly windows: ResultWindows | null;
    };

/**
 * One session of the warehouse process, which runs one statement after the other; its state is what the last one came
 * to. Whoever makes a session closes it.
 */
export class QuerySession {
  #id = crypto.randomUUID();
  readonly #listeners = new Set<() => void>();
  #state: QueryState = { status: 'idle' };
  #running: AbortController | null = null;
  /** Closes the result on show; its client is the one that made it, which may be gone by now. */
  #closeResult: (() => void) | null = null;
  #client: WarehouseClient | null = null;

  /** `getClient` is asked for each statement, so that a session survives a warehouse process that was restarted. */
  constructor(private readonly getClient: () => WarehouseClient | null) {}

  readonly getState = (): QueryState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Runs a statement; one that is still running is cancelled. */
  async run(sql: string): Promise<void> {
    this.cancel();
    this.#closeResult?.();
    this.#closeResult = null;
    const running = new AbortController();
    this.#running = running;
    const startedAt = performance.now();
    this.#update({ status: 'running', startedAt, fraction: null });
    try {
      const outcome = await this.#follow(sql, running.signal, startedAt);
      const windows = this.#open(outcome);
      await windows?.open();
      if (!running.signal.aborted) this.#update({ status: 'done', outcome, windows });
    } catch (error) {
      if (!running.signal.aborted) {
        this.#update({ status: 'failed', error: errorReportOf(error), retry: () => void this.run(sql) });
      }
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /** Stops the running statement. */
  cancel(): void {
    if (!this.#running || this.#state.status !== 'running') return;
    this.#running.abort();
    this.#running = null;
    this.#update({ status: 'cancelled', elapsedMs: performance.now() - this.#state.startedAt });
  }

  /** Ends the session and all that the warehouse process keeps for it. Running again begins another one. */
  close(): void {
    this.cancel();
    // When the process is gone, so is the session.
    this.#client?.results.closeSession({ sessionId: this.#id }).catch(() => undefined);
    this.#client = null;
    this.#closeResult = null;
    this.#id = crypto.randomUUID();
  }

  async #follow(sql: string, signal: AbortSignal, startedAt: number): Promise<StatementOutcome> {
    const client = this.getClient();
    if (!client) throw new DOMException('There is no warehouse process.', 'AbortError');
    this.#client = client;
    for await (const event of await client.results.run({ sessionId: this.#id, sql }, { signal })) {
      if (event.type === 'done') return event.outcome;
      if (!signal.aborted) this.#update({ status: 'running', startedAt, fraction: event.fraction });
    }
    throw new Error('The statement ended without an outcome.');
  }

  #open({ result }: StatementOutcome): ResultWindows | null {
    const client = this.#client;
    if (!result || !client) return null;
    const { resultId } = result;
    this.#closeResult = () => void client.results.close({ resultId }).catch(() => undefined);
    return new ResultWindows(result.rows, async (offset, limit) => {
      // Arrow is loaded with the first result, not with the window.
      const [stream, { readBlock }] = await Promise.all([
        client.results.window({ resultId, offset, limit }),
        import('./arrow-block'),
      ]);
      return readBlock(stream);
    });
  }

  #update(state: QueryState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
