import { implement } from '@orpc/server';
import { AppError } from '../contract/app-error';
import type { RunEvent } from '../contract/results';
import type { RefreshRequest } from '../contract/warehouse';
import { warehouseContract } from '../contract/warehouse-contract';
import type { RunOptions } from '../engine/console/session';
import { Observable } from '../engine/observable';
import type { Warehouse } from '../engine/warehouse/warehouse';
import { reportErrors, reportStreamErrors } from './rpc';

/**
 * Answers the warehouse contract with an open warehouse.
 * @param onSession told the id of every session that a caller uses, so that they can be closed when it is gone
 */
export function warehouseRouter(warehouse: Warehouse, onSession: (sessionId: string) => void = () => undefined) {
  const { console } = warehouse;
  const contract = implement(warehouseContract).use(reportErrors);
  return contract.router({
    summary: contract.summary.handler(() => warehouse.summary()),
    partitions: contract.partitions.handler(() => warehouse.partitions()),
    day: {
      files: contract.day.files.handler(({ input }) => warehouse.filesOfDay(input.date)),
      hours: contract.day.hours.handler(({ input }) => warehouse.hoursOfDay(input.date)),
      compact: contract.day.compact.handler(({ input }) => warehouse.changeDays((days) => days.compact(input.date))),
      remove: contract.day.remove.handler(({ input }) => warehouse.changeDays((days) => days.remove(input.dates))),
      deletions: contract.day.deletions.handler(() => warehouse.deletions()),
      restore: contract.day.restore.handler(({ input }) => warehouse.changeDays((days) => days.restore(input.id))),
    },
    metric: {
      filterChoices: contract.metric.filterChoices.handler(() => warehouse.filterChoices()),
      filtered: contract.metric.filtered.handler(({ input }) => warehouse.filteredMetric(input.name, input.filter)),
    },
    models: contract.models.handler(() => warehouse.models()),
    refresh: {
      start: contract.refresh.start.handler(({ input }) => startRefresh(warehouse, input)),
      cancel: contract.refresh.cancel.handler(() => warehouse.cancelRefresh()),
      watch: contract.refresh.watch.handler(({ signal }) => warehouse.refreshState.follow(signal)),
      history: contract.refresh.history.handler(() => warehouse.refreshHistory()),
      summary: contract.refresh.summary.handler(({ input }) => warehouse.refreshSummary(input.refreshId)),
    },
    checks: contract.checks.handler(() => warehouse.checks()),
    databaseFile: {
      watch: contract.databaseFile.watch.handler(({ signal }) => warehouse.databaseFile.follow(signal)),
      release: contract.databaseFile.release.handler(() => warehouse.releaseFile()),
      open: contract.databaseFile.open.handler(() => warehouse.openFile()),
    },
    results: {
      run: contract.results.run.handler(({ input, signal }) => {
        onSession(input.sessionId);
        return reportStreamErrors(runEvents((options) => console.run(input.sessionId, input.sql, options), signal));
      }),
      window: contract.results.window.handler(({ input }) => console.window(input.resultId, input.offset, input.limit)),
      close: contract.results.close.handler(({ input }) => console.close(input.resultId)),
      closeSession: contract.results.closeSession.handler(({ input }) => console.closeSession(input.sessionId)),
    },
  });
}

/** Returns when the refresh is under way; how it ends is told by `refresh.watch`. */
async function startRefresh(warehouse: Warehouse, request: RefreshRequest): Promise<void> {
  if (warehouse.refreshState.value.status === 'running') {
    throw new AppError('WORKSPACE_BUSY', 'A refresh is running already.', { action: 'Wait for it or cancel it.' });
  }
  warehouse.refresh(request).catch(() => undefined);
}

/**
 * Progress while `run` works, then its outcome. The caller's leaving aborts the run, by whichever of the two ways it
 * becomes known: the call's signal, or the end of the iteration.
 */
async function* runEvents(
  run: (options: RunOptions) => Promise<Extract<RunEvent, { type: 'done' }>['outcome']>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, void, void> {
  const leaving = new AbortController();
  const finished = new AbortController();
  const progress = new Observable<RunEvent>({ type: 'progress', elapsedMs: 0, fraction: null });
  signal?.addEventListener('abort', () => leaving.abort(), { once: true });
  if (signal?.aborted) leaving.abort();
  const running = run({
    signal: leaving.signal,
    onProgress: (event) => progress.set({ type: 'progress', ...event }),
  }).finally(() => finished.abort());
  running.catch(() => undefined);
  try {
    yield* progress.follow(finished.signal);
    yield { type: 'done', outcome: await running };
  } finally {
    leaving.abort();
  }
}
