import path from 'node:path';
import { factSentence } from '../contract/facts/facts';
import type { RefreshLogEntry, RefreshStep } from '../contract/warehouse';
import { factResults } from '../engine/facts/record-facts';
import { exportPath } from '../engine/refresh/exports';
import { checkUnlocked } from '../engine/commit/lock';
import { Warehouse, type RefreshCall } from '../engine/warehouse/warehouse';
import type { Workspace } from '../engine/workspace';
import { readClusterOptions } from './cluster-options';
import type { CommandContext, RefreshCommandOptions } from './context';
import { crashedSteps, leaveToGuard, tellGuard } from './output/guard-messages';
import { print, printJson } from './output/output';
import { showRefresh } from './output/refresh-progress';
import { count, duration, plural, size } from './output/words';
import { openExistingWorkspace, recoverWorkspace } from './workspace';

export async function refreshCommand(options: RefreshCommandOptions, context: CommandContext): Promise<void> {
  const workspace = await openExistingWorkspace(options);
  await recoverWorkspace(workspace);
  await checkUnlocked(workspace);
  const { full, skipDamaged, on } = options;
  const cluster = on === 'cluster' ? readClusterOptions(options) : undefined;
  const request = { on, cluster, mode: full ? ('full' as const) : ('auto' as const), skipDamaged };
  const entry = await withWarehouse(workspace, context, (warehouse) => refresh(warehouse, context, request));
  const told = options.hideAnswers ? withoutAnswers(entry) : entry;
  if (options.json) return printJson(told);
  await print(...describeRefresh(told, workspace));
}

/** Opens the warehouse while `work` runs. */
export async function withWarehouse<T>(
  workspace: Workspace,
  { resourcesFolder }: CommandContext,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await Warehouse.open(workspace, path.join(resourcesFolder, 'models'));
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

/** Refreshes with visible progress. */
export async function refresh(
  warehouse: Warehouse,
  { signal }: CommandContext,
  request: Pick<RefreshCall, 'on' | 'cluster' | 'mode' | 'skipDamaged'> = {},
): Promise<RefreshLogEntry> {
  const view = showRefresh();
  const onSteps = (steps: RefreshStep[]) => {
    const step = steps.find(({ status }) => status === 'running');
    if (step) tellGuard({ type: 'step', name: step.name });
    view.update(steps);
  };
  try {
    return await warehouse.refresh({ ...request, signal, onSteps, crashedSteps: crashedSteps() });
  } catch (error) {
    if (warehouse.failure.value) await leaveToGuard(warehouse.failure.value);
    throw error;
  } finally {
    view.stop();
  }
}

/** The entry without planted facts and what was found of them. */
export function withoutAnswers({ facts: _facts, ...entry }: RefreshLogEntry): RefreshLogEntry {
  return { ...entry, exports: entry.exports.filter((file) => file !== exportPath(factResults)) };
}

export function describeRefresh(entry: RefreshLogEntry, workspace: Workspace): string[] {
  const ms = Date.parse(entry.finishedAt) - Date.parse(entry.startedAt);
  const files = `${plural(entry.files, 'file')} (${size(entry.bytes)})`;
  return [
    `Refreshed from ${files} in ${duration(ms)}: ${workspace.database}`,
    ...(entry.cluster ? [`  on ${entry.cluster.server}, ${entry.cluster.catalog}.${entry.cluster.schema}`] : []),
    ...Object.entries(entry.modelRows ?? {}).map(([model, rows]) => `  ${model}: ${plural(rows, 'row')}`),
    `  checks: ${count(entry.checksPassed ?? 0)} passed, ${count(entry.checksFailed ?? 0)} failed`,
    ...(entry.facts ?? []).map((fact) => `  fact: ${factSentence(fact)}`),
    ...(entry.leftOutFiles ?? []).map((file) => `  skipped: ${file}`),
    ...(entry.notices ?? []).map((notice) => `  note: ${notice}`),
    ...entry.exports.map((file) => `  exported: ${path.join(workspace.folder, file)}`),
  ];
}
