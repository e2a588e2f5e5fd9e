import { implement } from '@orpc/server';
import { AppError } from '../contract/app-error';
import type { RefreshRequest } from '../contract/warehouse';
import { warehouseContract } from '../contract/warehouse-contract';
import type { Language } from '../engine/console/language';
import type { Warehouse } from '../engine/warehouse/warehouse';
import { resultsRouter } from './results-router';
import { reportErrors } from './rpc';

const implemented = () => implement(warehouseContract).use(reportErrors);

type LanguageContract = ReturnType<typeof implemented>['language'];

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
    results: resultsRouter(warehouse.console, onSession),
    language: languageRouter(contract.language, language),
  });
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
