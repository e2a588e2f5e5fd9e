import type { ErrorReport } from '../../../../contract/app-error';
import type { Arrangement } from '../../../../contract/result-work';
import type { WarehouseClient } from '../../client/connection';
import { errorReportOf, isAbort } from '../../client/error-report';
import { openWindows, type OpenedResult } from '../rows/open-windows';

export interface ArrangedState {
  readonly arrangement: Arrangement;
  /** The rows on show: the old ones until the new ones are there. */
  readonly shown: OpenedResult;
  readonly pending: boolean;
  /** Why the rows on show are not in this arrangement. */
  readonly error: ErrorReport | null;
}

/**
 * A result in the order and with the filters that the user asks for. It belongs to the result, not to the page, which
 * may be left and come back to. At most one arrangement has a table in the warehouse process.
 */
export class ArrangedResult {
  #state: ArrangedState;
  #arranging: AbortController | null = null;
  /** Closes the arranged result on show; null while the result itself is. */
  #closeShown: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly client: WarehouseClient,
    readonly opened: OpenedResult,
  ) {
    this.#state = { arrangement: { sort: [], filters: [] }, shown: opened, pending: false, error: null };
  }

  readonly getState = (): ArrangedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows the rows in another arrangement; one that is still being made is given up. */
  readonly arrange = (arrangement: Arrangement): void => {
    this.close();
    if (arrangement.sort.length > 0 || arrangement.filters.length > 0) void this.#make(arrangement);
    else this.#show(arrangement, this.opened, null);
  };

  /** Gives up what is being made; what is on show goes with the result. */
  close(): void {
    this.#arranging?.abort();
    this.#arranging = null;
  }

  async #make(arrangement: Arrangement): Promise<void> {
    const leaving = new AbortController();
    this.#arranging = leaving;
    const arrangedId = crypto.randomUUID();
    // When the process is gone, so is the table.
    const close = () => void this.client.results.close({ resultId: arrangedId }).catch(() => undefined);
    leaving.signal.addEventListener('abort', close, { once: true });
    this.#update({ ...this.#state, arrangement, pending: true, error: null });
    try {
      const { resultId } = this.opened.result;
      const request = { resultId, arrangedId, ...arrangement };
      const result = await this.client.results.arrange(request, { signal: leaving.signal });
      const windows = await openWindows(this.client, result);
      if (!leaving.signal.aborted) this.#show(arrangement, { result, windows }, close);
    } catch (problem) {
      if (leaving.signal.aborted || isAbort(problem)) return;
      close();
      this.#update({ ...this.#state, pending: false, error: errorReportOf(problem) });
    } finally {
      if (this.#arranging === leaving) this.#arranging = null;
    }
  }

  #show(arrangement: Arrangement, shown: OpenedResult, close: (() => void) | null): void {
    this.#closeShown?.();
    this.#closeShown = close;
    this.#update({ arrangement, shown, pending: false, error: null });
  }

  #update(state: ArrangedState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
