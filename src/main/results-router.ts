import { implement } from '@orpc/server';
import type { z } from 'zod';
import type { ExportEvent, exportRequestSchema } from '../contract/result-work';
import type { RunEvent, StatementOutcome } from '../contract/results';
import { warehouseContract } from '../contract/warehouse-contract';
import type { Console, ConsoleRunOptions } from '../engine/console/console';
import { Observable } from '../engine/observable';
import { reportErrors, reportStreamErrors } from './rpc';

/** Answers what is asked of statements and their results. @param onSession see `warehouseRouter` */
export function resultsRouter(console: Console, onSession: (sessionId: string) => void) {
  const contract = implement(warehouseContract.results).use(reportErrors);
  return contract.router({
    run: contract.run.handler(({ input, signal }) => {
      onSession(input.sessionId);
      const { sessionId, sql, parameters, allowChanges } = input;
      const run = (options: ConsoleRunOptions) => console.run(sessionId, sql, { ...options, parameters, allowChanges });
      return reportStreamErrors(runEvents(run, signal));
    }),
    window: contract.window.handler(({ input }) => console.window(input.resultId, input.offset, input.limit)),
    cancel: contract.cancel.handler(({ input }) => console.cancel(input.sessionId)),
    arrange: contract.arrange.handler(({ input: { resultId, ...arrangement }, signal }) =>
      console.results.arrange(resultId, arrangement, { signal }),
    ),
    cell: contract.cell.handler(({ input }) => console.results.cell(input.resultId, input.row, input.column)),
    summarise: contract.summarise.handler(({ input: { resultId, ...area }, signal }) =>
      console.results.summarise(resultId, area, { signal }),
    ),
    copy: contract.copy.handler(({ input: { resultId, ...area }, signal }) =>
      console.results.copy(resultId, area, { signal }),
    ),
    profile: contract.profile.handler(({ input, signal }) =>
      console.results.profile(input.resultId, input.column, { signal }),
    ),
    chart: contract.chart.handler(({ input: { resultId, ...chart }, signal }) =>
      console.results.chart(resultId, chart, { signal }),
    ),
    export: contract.export.handler(({ input, signal }) => reportStreamErrors(exportEvents(console, input, signal))),
    explain: contract.explain.handler(({ input, signal }) => {
      onSession(input.sessionId);
      return console.explain(input.sessionId, input.sql, { signal, parameters: input.parameters });
    }),
    close: contract.close.handler(({ input }) => console.close(input.resultId)),
    closeSession: contract.closeSession.handler(({ input }) => console.closeSession(input.sessionId)),
  });
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
