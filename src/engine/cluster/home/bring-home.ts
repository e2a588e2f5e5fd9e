import { cancelled } from '../../../contract/app-error';
import type { FactResult } from '../../../contract/facts/facts';
import type { ClusterOrigin, RefreshLogEntry } from '../../../contract/warehouse';
import { readBuiltModels, readRelations, writeBuiltModels } from '../../records/built-tables';
import { writeChanges } from '../../records/changes';
import { writeCheckResults, writeFailedDays } from '../../records/check-results';
import { readDayFacts, writeDayFacts, type DayFacts } from '../../records/day-facts';
import { writeManifest } from '../../records/manifest';
import { appendRefreshLog, readOrigin } from '../../records/refresh-log';
import {
  blockedExports,
  exportedModels,
  exportPath,
  removeExport,
  settleExports,
  writeExports,
} from '../../refresh/exports';
import type { RefreshTask } from '../../refresh/input';
import { succeededOf } from '../../refresh/recover-exports';
import { readFailedDays } from '../refresh/checks';
import { readFacts } from '../refresh/facts';
import { programOf } from '../refresh/input';
import type { ClusterResult } from '../refresh/refresh-on-cluster';
import type { ClusterSession } from '../session';
import { factResults, recordFacts } from '../../facts/record-facts';
import { GoldStream, type GoldHome } from './gold-home';

/** Steps of bringing gold home, after those on the cluster. */
export const homeSteps = ['gold to this machine', 'exports'] as const;

export interface HomeParts {
  readonly task: RefreshTask;
  readonly session: ClusterSession;
  readonly result: ClusterResult;
  /** Id in the local log. */
  readonly refreshId: number;
  readonly startedAt: string;
  readonly origin: ClusterOrigin;
  readonly notices: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Streams gold and the records of a refresh on the cluster into the local database, and writes the exports, in one
 * transaction.
 */
export async function bringHome(parts: HomeParts): Promise<RefreshLogEntry> {
  const { task, refreshId, signal } = parts;
  const { connection, workspace } = task;
  await settleExports(workspace, (refreshIds) => succeededOf(refreshIds, connection));
  const known = await readOrigin(connection);
  const built = await readBuiltModels(connection);
  try {
    await connection.run('BEGIN');
    const home = await take(parts, known);
    if (signal?.aborted) throw cancelled('The refresh');
    const facts = home?.facts ?? (await recordFacts(task, refreshId, false));
    const entry: RefreshLogEntry = { ...entryOf(parts, home), facts: [...facts] };
    await appendRefreshLog(connection, entry, home === null ? null : parts.result.record.state.waterfall);
    await connection.run('COMMIT');
    await publish(task, refreshId, [...built.keys()]);
    return entry;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    const others = (ids: readonly number[]) => new Set(ids.filter((id) => id !== refreshId));
    await settleExports(workspace, others).catch(() => undefined);
    throw error;
  }
}

interface Home extends GoldHome {
  readonly exports: readonly string[];
  readonly blocked: readonly string[];
  readonly checksPassed: number;
  readonly checksFailed: number;
  readonly facts: readonly FactResult[];
}

/** Returns null if this refresh is here already. */
async function take(parts: HomeParts, known: ClusterOrigin | null): Promise<Home | null> {
  const { task, session, result, refreshId, origin } = parts;
  const { connection, checks } = task;
  const { state } = result.record;
  const isSameCluster = known !== null && isSame(known, origin);
  if (result.unchanged && isSameCluster && known.refreshId === origin.refreshId && (await isComplete(parts)))
    return null;
  const { steps } = result;
  const before = isSameCluster ? await readDayFacts(connection) : null;
  const snapshotOf = (table: string) => state.snapshots[table] ?? '';
  let gold: GoldHome = { models: [], changes: [], changed: new Set() };
  let after: ReadonlyMap<string, DayFacts> = new Map();
  let results: Awaited<ReturnType<typeof writeCheckResults>> = [];
  await steps.run(homeSteps[0], async () => {
    after = await readFacts(session, snapshotOf('refresh_days'));
    const program = programOf(task.modelSet, checks);
    const built = await readBuiltModels(connection);
    gold = await new GoldStream({ task, session, state, program, refreshId, built, before, after }).bring();
    await writeDayFacts(connection, null, [...after.values()]);
    const failed = await readFailedDays(session, snapshotOf('check_days'));
    for (const check of checks) await writeFailedDays(connection, check, null, failed.get(check.name) ?? [], refreshId);
    results = await writeCheckResults(connection, checks, refreshId);
    await writeBuiltModels(connection, gold.models);
    await writeChanges(connection, refreshId, gold.changes);
    // It is about the files of this workspace, from which nothing here was computed any more.
    await writeManifest(connection, [], new Set());
  });
  const passed = results.filter((check) => check.passed).length;
  const facts = await recordFacts(task, refreshId, true);
  const records = facts.length > 0 ? [factResults] : [];
  return {
    ...gold,
    ...(await exportGold(parts, gold, records)),
    facts,
    checksPassed: passed,
    checksFailed: results.length - passed,
  };
}

/** Whether every model that came home is still here. */
async function isComplete({ task, result }: HomeParts): Promise<boolean> {
  const relations = await readRelations(task.connection);
  const exported = await exportedModels(task.workspace);
  return result.record.state.models.every(
    ({ name, layer, problem }) => layer !== 'gold' || problem !== null || (relations.has(name) && exported.has(name)),
  );
}

async function exportGold(
  { task, result, refreshId }: HomeParts,
  { models, changed }: GoldHome,
  records: readonly string[],
): Promise<{ readonly exports: string[]; readonly blocked: string[] }> {
  const { workspace, connection, modelSet } = task;
  const relations = await readRelations(connection);
  const exported = await exportedModels(workspace);
  const isGold = new Set(modelSet.models.filter(({ layer }) => layer === 'gold').map(({ name }) => name));
  const gold = models
    .filter(({ name, problem }) => isGold.has(name) && problem === null && relations.has(name))
    .map(({ name }) => name)
    .filter((name) => changed.has(name) || !exported.has(name));
  const due = [...gold, ...records];
  const blocked = await blockedExports(due, workspace);
  const free = due.filter((name) => !blocked.has(name));
  await result.steps.run(homeSteps[1], () => writeExports(free, refreshId, workspace, connection));
  return { exports: free.map(exportPath), blocked: [...blocked].map(exportPath) };
}

function entryOf({ result, refreshId, startedAt, origin, notices }: HomeParts, home: Home | null): RefreshLogEntry {
  const { entry } = result.record;
  const nothing = { daysChanged: 0, filesRead: 0, bytesRead: 0, mode: 'unchanged' as const };
  const failing = home?.models.flatMap(({ problem }) => problem?.message ?? []) ?? entry.notices ?? [];
  const blocked = (home?.blocked ?? []).map((file) => `${file} wasn't exported: a folder has that name.`);
  return {
    ...entry,
    ...(result.unchanged ? nothing : {}),
    ...(home && { checksPassed: home.checksPassed, checksFailed: home.checksFailed }),
    refreshId,
    startedAt,
    finishedAt: new Date().toISOString(),
    modelRows: home ? Object.fromEntries(home.models.map(({ name, rows }) => [name, rows])) : entry.modelRows,
    exports: [...(home?.exports ?? [])],
    notices: [...notices, ...failing, ...blocked],
    steps: home ? result.steps.all : [],
    cluster: origin,
  };
}

function isSame(a: ClusterOrigin, b: ClusterOrigin): boolean {
  return a.server === b.server && a.catalog === b.catalog && a.schema === b.schema;
}

/** After the commit nothing may fail the refresh: what can't be published now is published by the next one. */
async function publish({ workspace, modelSet }: RefreshTask, refreshId: number, before: readonly string[]) {
  await settleExports(workspace, () => new Set([refreshId])).catch(() => undefined);
  const declared = new Set([...modelSet.models, ...modelSet.broken].map(({ name }) => name));
  for (const name of before.filter((each) => !declared.has(each))) {
    await removeExport(name, workspace).catch(() => undefined);
  }
}
