import { implement } from '@orpc/server';
import type { z } from 'zod';
import { AppError } from '../contract/app-error';
import type { ExportEvent, exportRequestSchema } from '../contract/result-work';
import type { RunEvent, StatementOutcome } from '../contract/results';
import type { RefreshRequest } from '../contract/warehouse';
import { warehouseContract } from '../contract/warehouse-contract';
import type { Console, ConsoleRunOptions } from '../engine/console/console';
import type { Language } from '../engine/console/language';
import { Observable } from '../engine/observable';
import type { Warehouse } from '../engine/warehouse/warehouse';
import { reportErrors, reportStreamErrors } from './rpc';

const implemented = () => implement(warehouseContract).use(reportErrors);

type Contract = ReturnType<typeof implemented>;
type LanguageContract = Contract['language'];

/**
 * Answers the warehouse contract with an open warehouse.
 * @param onSession told the id of every session that a caller uses, so that they can be closed when it is gone
 */
export function warehouseRouter(warehouse: Warehouse, onSession: (sessionId: string) => void = () => undefined) {
  const { console, language } = warehouse;
  const contract = implemented();
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
    saveMetric: contract.saveMetric.handler(({ input }) => console.saveMetric(input)),
    databaseFile: {
      watch: contract.databaseFile.watch.handler(({ signal }) => warehouse.databaseFile.follow(signal)),
      release: contract.databaseFile.release.handler(() => warehouse.releaseFile()),
      open: contract.databaseFile.open.handler(() => warehouse.openFile()),
    },
    results: resultsRouter(contract, console, onSession),
    language: languageRouter(contract.language, language),
  });
}
function resultsRouter(contract: Contract, console: Console, onSession: (sessionId: string) => void) {
  return {
    run: contract.results.run.handler(({ input, signal }) => {
      onSession(input.sessionId);
      const { sessionId, sql, parameters, allowChanges } = input;
      const run = (options: ConsoleRunOptions) => console.run(sessionId, sql, { ...options, parameters, allowChanges });
      return reportStreamErrors(runEvents(run, signal));
    }),
    window: contract.results.window.handler(({ input }) => console.window(input.resultId, input.offset, input.limit)),
    cancel: contract.results.cancel.handler(({ input }) => console.cancel(input.sessionId)),
    arrange: contract.results.arrange.handler(({ input: { resultId, ...arrangement }, signal }) =>
      console.results.arrange(resultId, arrangement, { signal }),
    ),
    cell: contract.results.cell.handler(({ input }) => console.results.cell(input.resultId, input.row, input.column)),
    summarise: contract.results.summarise.handler(({ input: { resultId, ...area }, signal }) =>
      console.results.summarise(resultId, area, { signal }),
    ),
    copy: contract.results.copy.handler(({ input: { resultId, ...area }, signal }) =>
      console.results.copy(resultId, area, { signal }),
    ),
    profile: contract.results.profile.handler(({ input, signal }) =>
      console.results.profile(input.resultId, input.column, { signal }),
    ),
    chart: contract.results.chart.handler(({ input: { resultId, ...chart }, signal }) =>
      console.results.chart(resultId, chart, { signal }),
    ),
    export: contract.results.export.handler(({ input, signal }) =>
      reportStreamErrors(exportEvents(console, input, signal)),
    ),
    explain: contract.results.explain.handler(({ input, signal }) => {
      onSession(input.sessionId);
      return console.explain(input.sessionId, input.sql, { signal, parameters: input.parameters });
    }),
    close: contract.results.close.handler(({ input }) => console.close(input.resultId)),
    closeSession: contract.results.closeSession.handler(({ input }) => console.closeSession(input.sessionId)),
  };
}

function languageRouter({ words, schema, complete, jsonKeys }: LanguageContract, language: Language) {
  return {
    words: words.handler(() => language.words()),
    schema: schema.handler(() => language.schema()),
    complete: complete.handler(({ input }) => language.complete(input.text)),
    jsonKeys: jsonKeys.handler(({ input }) => language.jsonKeys(input.column)),
  };
}

/** Returns when the refresh is under way; how it ends is told by `refresh.watch`. */
async function startRefresh(warehouse: Warehouse, request: RefreshRequest): Promise<void> {
  if (warehouse.refreshState.value.status === 'running') {
    throw new AppError('WORKSPACE_BUSY', 'A refresh is running already.', { action: 'Wait for it or cancel it.' });
  }
  warehouse.refresh(request).catch(() => undefined);
}

type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Progress while a statement runs, with its first rows as soon as there are some, then its outcome. */
function runEvents(
  run: (options: ConsoleRunOptions) => Promise<StatementOutcome>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, void, void> {
  const begin: Progress = { type: 'progress', elapsedMs: 0, fraction: null, head: null };
  return followed<RunEvent>(begin, signal, async (leaving, tell) => {
    let latest = begin;
    const change = (progress: Partial<Progress>) => tell((latest = { ...latest, ...progress }));
    const outcome = await run({ signal: leaving, onProgress: change, onHead: (head) => change({ head }) });
    return { type: 'done', outcome };
  });
}

function exportEvents(
  { results }: Console,
  { resultId, format, exportId }: z.output<typeof exportRequestSchema>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportEvent, void, void> {
  return followed<ExportEvent>({ type: 'progress', fraction: null }, signal, async (leaving, tell) => {
    const onProgress = ({ fraction }: { fraction: number | null }) => tell({ type: 'progress', fraction });
    return { type: 'done', ...(await results.export(resultId, format, exportId, { signal: leaving, onProgress })) };
  });
}

/**
 * What `run` tells while it works, then what it returns. The caller's leaving aborts it, by whichever of the two ways
 * it becomes known: the call's signal, or the end of the iteration.
 */
async function* followed<Event>(
  first: Event,
  signal: AbortSignal | undefined,
  run: (leaving: AbortSignal, tell: (event: Event) => void) => Promise<Event>,
): AsyncGenerator<Event, void, void> {
  const leaving = new AbortController();
  const finished = new AbortController();
  const progress = new Observable<Event>(first);
  signal?.addEventListener('abort', () => leaving.abort(), { once: true });
  if (signal?.aborted) leaving.abort();
  const running = run(leaving.signal, (event) => progress.set(event)).finally(() => finished.abort());
  running.catch(() => undefined);
  try {
    yield* progress.follow(finished.signal);
    yield await running;
  } finally {
    leaving.abort();
  }
}
