import type { ClusterAccess } from '../../contract/cluster';
import type { RefreshRequest, RefreshState } from '../../contract/warehouse';
import { checkUnlocked } from '../../engine/commit/lock';
import { recoverFiles } from '../../engine/warehouse/recover-workspace';
import type { Observable } from '../../engine/observable';
import type { RefreshCall, Warehouse } from '../../engine/warehouse/warehouse';
import { clusterRouter } from './cluster-router';
import { resultsRouter } from './results-router';
import { openedContract, warehouseProcedures, type OpenedContract } from './procedures';

interface Caller {
  /** Receives the ids of the caller's open sessions, which are closed when it disconnects. */
  readonly sessions: Set<string>;
  /** The cluster of the workspace, with its secret; rejects with an AppError if there is none. */
  readonly clusterAccess: () => Promise<ClusterAccess>;
}

/**
 * Implements the warehouse contract. Calls wait until the warehouse is open; the state of a refresh is available
 * before.
 * @param opening rejects if the warehouse can't be opened, and every call with it
 */
export function warehouseRouter(
  opening: Promise<Warehouse>,
  refreshState: Observable<RefreshState>,
  { sessions, clusterAccess }: Caller,
) {
  const early = warehouseProcedures();
  const contract = openedContract(opening);
  return contract.router({
    summary: contract.summary.handler(({ context: { warehouse } }) => warehouse.summary()),
    partitions: contract.partitions.handler(({ context: { warehouse } }) => warehouse.days.list()),
    day: dayRouter(contract.day),
    metric: {
      filterChoices: contract.metric.filterChoices.handler(({ context: { warehouse } }) => warehouse.filterChoices()),
      filtered: contract.metric.filtered.handler(({ context: { warehouse }, input }) =>
        warehouse.filteredMetric(input.name, input.filter),
      ),
    },
    models: contract.models.handler(({ context: { warehouse } }) => warehouse.models()),
    model: modelRouter(contract.model),
    refresh: {
      start: contract.refresh.start.handler(({ context: { warehouse }, input }) =>
        startRefresh(warehouse, input, clusterAccess),
      ),
      cancel: contract.refresh.cancel.handler(({ context: { warehouse } }) => warehouse.cancelRefresh()),
      watch: early.refresh.watch.handler(({ signal }) => refreshState.follow(signal)),
      history: contract.refresh.history.handler(({ context: { warehouse } }) => warehouse.refreshHistory()),
      summary: contract.refresh.summary.handler(({ context: { warehouse }, input }) =>
        warehouse.refreshSummary(input.refreshId),
      ),
    },
    checks: contract.checks.handler(({ context: { warehouse } }) => warehouse.checks()),
    saveMetric: contract.saveMetric.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.save(input)),
    ownMetric: ownMetricRouter(contract.ownMetric),
    databaseFile: {
      watch: contract.databaseFile.watch.handler(({ context: { warehouse }, signal }) =>
        warehouse.databaseFile.follow(signal),
      ),
      release: contract.databaseFile.release.handler(({ context: { warehouse } }) => warehouse.releaseFile()),
      open: contract.databaseFile.open.handler(({ context: { warehouse } }) => warehouse.openFile()),
    },
    results: resultsRouter(contract.results, sessions),
    clusterConsole: clusterRouter(contract.clusterConsole, sessions),
    sources: sourcesRouter(contract.sources),
    language: languageRouter(contract.language),
  });
}

function dayRouter(day: OpenedContract['day']) {
  return {
    files: day.files.handler(({ context: { warehouse }, input }) => warehouse.days.filesOf(input.date)),
    hours: day.hours.handler(({ context: { warehouse }, input }) => warehouse.days.hoursOf(input.date)),
    compact: day.compact.handler(({ context: { warehouse }, input }) =>
      warehouse.days.change((days) => days.compact(input.date)),
    ),
    remove: day.remove.handler(({ context: { warehouse }, input }) =>
      warehouse.days.change((days) => days.remove(input.dates)),
    ),
    deletions: day.deletions.handler(({ context: { warehouse } }) => warehouse.days.deletions()),
    break: day.break.handler(({ context: { warehouse }, input }) =>
      warehouse.days.change((days) => days.break(input.dates, input.breakage)),
    ),
    restore: day.restore.handler(({ context: { warehouse }, input }) =>
      warehouse.days.change((days) => days.restore(input.id)),
    ),
  };
}

function modelRouter({ profile, trace }: OpenedContract['model']) {
  return {
    profile: profile.handler(({ context: { warehouse }, input: { name, column, everything }, signal }) =>
      warehouse.inspection.profile(name, column, { everything, signal }),
    ),
    trace: trace.handler(({ context: { warehouse }, input, signal }) => warehouse.inspection.trace(input, { signal })),
  };
}

function ownMetricRouter({ read, edit, rename, duplicate, remove, restore, addStarter }: OpenedContract['ownMetric']) {
  return {
    read: read.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.read(input.model)),
    edit: edit.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.edit(input)),
    rename: rename.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.rename(input.model, input.name)),
    duplicate: duplicate.handler(({ context: { warehouse }, input }) =>
      warehouse.ownMetrics.duplicate(input.model, input.name),
    ),
    remove: remove.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.remove(input.model)),
    restore: restore.handler(({ context: { warehouse }, input }) => warehouse.ownMetrics.restore(input.id)),
    addStarter: addStarter.handler(({ context: { warehouse }, input }) =>
      warehouse.ownMetrics.addStarter(input.starter),
    ),
  };
}

function sourcesRouter({ files, columns, profile }: OpenedContract['sources']) {
  return {
    files: files.handler(({ context: { warehouse } }) => warehouse.sources.files()),
    columns: columns.handler(({ context: { warehouse }, input, signal }) =>
      warehouse.sources.columns(input.path, { signal }),
    ),
    profile: profile.handler(({ context: { warehouse }, input: { source, column }, signal }) =>
      warehouse.sources.profile(source, column, { signal }),
    ),
  };
}

function languageRouter({ words, schema, temporary, complete, jsonKeys }: OpenedContract['language']) {
  return {
    words: words.handler(({ context: { warehouse } }) => warehouse.language.words()),
    schema: schema.handler(({ context: { warehouse } }) => warehouse.language.schema()),
    temporary: temporary.handler(({ context: { warehouse }, input, signal }) =>
      warehouse.console.temporaryTables(input.sessionId, { signal }),
    ),
    complete: complete.handler(({ context: { warehouse }, input }) => warehouse.language.complete(input.text)),
    jsonKeys: jsonKeys.handler(({ context: { warehouse }, input }) => warehouse.language.jsonKeys(input.column)),
  };
}

/**
 * Returns when the refresh has started; `refresh.watch` reports how it ends. Another program may have been killed
 * during its commit since this process was started: half of its run must not get into the models.
 */
async function startRefresh(
  warehouse: Warehouse,
  request: RefreshRequest,
  clusterAccess: Caller['clusterAccess'],
): Promise<void> {
  warehouse.checkRefresh();
  const call = await refreshCallOf(request, clusterAccess);
  await recoverFiles(warehouse.workspace);
  await checkUnlocked(warehouse.workspace);
  // Another job may have started meanwhile. From here to the refresh itself, none can.
  warehouse.checkRefresh();
  warehouse.refresh(call).catch(() => undefined);
}

/** A request of the window with what it needs to run: the cluster and its secret, if it computes there. */
export async function refreshCallOf(
  request: RefreshRequest,
  clusterAccess: Caller['clusterAccess'],
): Promise<RefreshCall> {
  return request.on === 'cluster' ? { ...request, cluster: await clusterAccess() } : request;
}
