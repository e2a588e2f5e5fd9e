import type { ErrorReport } from '../../../../contract/app-error';
import type { Arrangement } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import { errorReportOf, isAbort } from '../../client/error-report';
import { Store } from '../../client/store';
import { openWindows, type OpenedResult } from '../rows/open-windows';

export interface ArrangedState {
  readonly arrangement: Arrangement;
  /** The rows on show: the old ones until the new ones have arrived. */
  readonly shown: OpenedResult;
  readonly pending: boolean;
  /** Why the rows on show don't have this arrangement. */
  readonly error: ErrorReport | null;
}

/**
 * A result with the user's sort and filters. It belongs to the result rather than to the page, which may be unmounted
 * and opened again. At most one arrangement has a table in the warehouse process.
 */
export class ArrangedResult extends Store<ArrangedState> {
  #arranging: AbortController | null = null;
  /** Closes the arranged result on show; null while the original is on show. */
  #closeShown: (() => void) | null = null;

  #opened: OpenedResult;

  constructor(
    private readonly client: WarehouseClient,
    opened: OpenedResult,
  ) {
    super({ arrangement: { sort: [], filters: [] }, shown: opened, pending: false, error: null });
    this.#opened = opened;
  }

  /** The rows in their own order. */
  get opened(): OpenedResult {
    return this.#opened;
  }

  /** Replaces the rows by those of the same result after it has grown, with the same sort and filters. */
  grow(opened: OpenedResult): void {
    this.#opened = opened;
    this.arrange(this.getSnapshot().arrangement);
  }

  /** Rearranges the rows; a pending arrangement is aborted. */
  readonly arrange = (arrangement: Arrangement): void => {
    this.close();
    if (arrangement.sort.length > 0 || arrangement.filters.length > 0) void this.#make(arrangement);
    else this.#show(arrangement, this.#opened, null);
  };

  /** Aborts a pending arrangement; the one on show is closed with the result. */
  close(): void {
    this.#arranging?.abort();
    this.#arranging = null;
  }

  async #make(arrangement: Arrangement): Promise<void> {
    const leaving = new AbortController();
    this.#arranging = leaving;
    const arrangedId = crypto.randomUUID();
    // If the process is gone, so is the table.
    const close = () => void this.client.results.close({ resultId: arrangedId }).catch(() => undefined);
    leaving.signal.addEventListener('abort', close, { once: true });
    this.replace({ ...this.getSnapshot(), arrangement, pending: true, error: null });
    try {
      const { resultId } = this.#opened.result;
      const request = { resultId, arrangedId, ...arrangement };
      const result = await this.client.results.arrange(request, { signal: leaving.signal });
      const windows = await openWindows(this.client, result);
      if (!leaving.signal.aborted) this.#show(arrangement, { result, windows }, close);
    } catch (problem) {
      if (leaving.signal.aborted || isAbort(problem)) return;
      close();
      this.replace({ ...this.getSnapshot(), pending: false, error: errorReportOf(problem) });
    } finally {
      if (this.#arranging === leaving) this.#arranging = null;
    }
  }

  #show(arrangement: Arrangement, shown: OpenedResult, close: (() => void) | null): void {
    this.#closeShown?.();
    this.#closeShown = close;
    this.replace({ arrangement, shown, pending: false, error: null });
  }
}
