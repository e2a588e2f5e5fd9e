import type { z } from 'zod';
import type { ExportEvent, exportRequestSchema } from '../../contract/result-work';
import type { RunEvent, StatementOutcome } from '../../contract/results';
import type { Console, ConsoleRunOptions } from '../../engine/console/console';
import { reportStreamErrors } from '../system/rpc';
import { followed } from './followed';
import type { OpenedContract } from './procedures';

/**
 * Runs statements and operations on their results.
 * @param sessions the ids of the caller's open sessions
 */
export function resultsRouter(results: OpenedContract['results'], sessions: Set<string>) {
  return {
    run: results.run.handler(({ context: { warehouse }, input, signal }) => {
      const { sessionId, sql, ...request } = input;
      sessions.add(sessionId);
      const run = (options: ConsoleRunOptions) => warehouse.console.run(sessionId, sql, { ...options, ...request });
      return reportStreamErrors(runEvents(run, signal));
    }),
    window: results.window.handler(({ context: { warehouse }, input }) =>
      warehouse.console.window(input.resultId, input.offset, input.limit),
    ),
    cancel: results.cancel.handler(({ context: { warehouse }, input }) => warehouse.console.cancel(input.resultId)),
    arrange: results.arrange.handler(({ context: { warehouse }, input, signal }) => {
      const { resultId, arrangedId, ...arrangement } = input;
      return warehouse.console.results.arrange(resultId, arrangement, { signal, arrangedId });
    }),
    cell: results.cell.handler(({ context: { warehouse }, input }) =>
      warehouse.console.results.cell(input.resultId, input.row, input.column),
    ),
    summarise: results.summarise.handler(({ context: { warehouse }, input: { resultId, ...area }, signal }) =>
      warehouse.console.results.summarise(resultId, area, { signal }),
    ),
    copy: results.copy.handler(({ context: { warehouse }, input: { resultId, ...area }, signal }) =>
      warehouse.console.results.copy(resultId, area, { signal }),
    ),
    profile: results.profile.handler(({ context: { warehouse }, input, signal }) =>
      warehouse.console.results.profile(input.resultId, input.column, { signal }),
    ),
    find: results.find.handler(({ context: { warehouse }, input: { resultId, ...search }, signal }) =>
      warehouse.console.results.find(resultId, search, { signal }),
    ),
    foundInBlock: results.foundInBlock.handler(
      ({ context: { warehouse }, input: { resultId, block, ...search }, signal }) =>
        warehouse.console.results.foundInBlock(resultId, search, block, { signal }),
    ),
    chart: results.chart.handler(({ context: { warehouse }, input: { resultId, ...chart }, signal }) =>
      warehouse.console.results.chart(resultId, chart, { signal }),
    ),
    export: results.export.handler(({ context: { warehouse }, input, signal }) =>
      reportStreamErrors(exportEvents(warehouse.console, input, signal)),
    ),
    explain: results.explain.handler(({ context: { warehouse }, input, signal }) => {
      sessions.add(input.sessionId);
      return warehouse.console.explain(input.sessionId, input.sql, { signal, parameters: input.parameters });
    }),
    close: results.close.handler(({ context: { warehouse }, input }) => warehouse.console.close(input.resultId)),
    closeSession: results.closeSession.handler(({ context: { warehouse }, input }) => {
      sessions.delete(input.sessionId);
      return warehouse.console.closeSession(input.sessionId);
    }),
  };
}

type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Progress while a statement runs, with its first rows as soon as they are available, then its outcome. */
function runEvents(
  run: (options: ConsoleRunOptions) => Promise<StatementOutcome>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, void, void> {
  const begin: Progress = { type: 'progress', elapsedMs: 0, fraction: null, firstRows: null };
  return followed<RunEvent>(begin, signal, async (leaving, tell) => {
    let latest = begin;
    const change = (progress: Partial<Progress>) => tell((latest = { ...latest, ...progress }));
    const outcome = await run({
      signal: leaving,
      onProgress: change,
      onFirstRows: (firstRows) => change({ firstRows }),
    });
    return { type: 'done', outcome };
  });
}

function exportEvents(
  { results }: Console,
  { resultId, format, exportId, columns }: z.output<typeof exportRequestSchema>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportEvent, void, void> {
  return followed<ExportEvent>({ type: 'progress', fraction: null }, signal, async (leaving, tell) => {
    const onProgress = ({ fraction }: { fraction: number | null }) => tell({ type: 'progress', fraction });
    const options = { signal: leaving, onProgress, columns };
    return { type: 'done', ...(await results.export(resultId, format, exportId, options)) };
  });
}
