import type { GenerationRequest, Repetition, RunLogEntry } from '../../../contract/generation';
import type { Recipe } from '../../../contract/recipe';
import { WorkspaceFiles } from '../../fs/workspace-files';
import type { Workspace } from '../../workspace';
import { listDays } from '../../events/event-tree';
import { planShard } from './plan';
import { dayFolder } from '../../events/paths';
import { presentRuns, readRunLog } from '../../commit/run-log';

/** Whether the rows of a request are in the workspace already, according to its log and the existing days. */
export async function repetitionOf(workspace: Workspace, request: GenerationRequest): Promise<Repetition> {
  if (request.mode === 'replace') return 'none';
  const runs = presentRuns(await readRunLog(workspace)).filter((run) => shareRows(run.request.recipe, request.recipe));
  if (runs.length === 0) return 'none';
  const folders = new Set(await listDays(new WorkspaceFiles(workspace), workspace.eventsFolder));
  return compare(request, runs, (date) => folders.has(dayFolder(date)));
}

function compare(
  request: GenerationRequest,
  runs: readonly RunLogEntry[],
  isPresent: (date: string) => boolean,
): Repetition {
  const same = runs.filter(({ request: { recipe } }) => rowsText(recipe) === rowsText(request.recipe));
  const made = new Set(same.flatMap((run) => daysOf(run.request)).filter(isPresent));
  const wanted = daysOf(request);
  const repeated = wanted.filter((date) => made.has(date)).length;
  if (repeated > 0) return repeated === wanted.length ? 'all' : 'some';
  // Shards of one recipe don't overlap; other recipes with the same seed have sessions in common.
  const others = runs.filter((run) => !same.includes(run));
  return others.some((run) => daysOf(run.request).some(isPresent)) ? 'some' : 'none';
}

/**
 * Values are drawn by seed and row number: two recipes that share both have events, or at least sessions, in common.
 */
function shareRows(a: Recipe, b: Recipe): boolean {
  const [firstOfA, firstOfB] = [a.continues?.firstRow ?? 0, b.continues?.firstRow ?? 0];
  const meet = firstOfA < firstOfB + b.rows && firstOfB < firstOfA + a.rows;
  return a.seed === b.seed && a.profile === b.profile && meet;
}

/** The options that determine the rows, without those for writing files. */
export function rowsText({ compression: _codec, rowGroupRows: _size, ...rows }: Recipe): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function daysOf({ recipe, shard }: GenerationRequest): string[] {
  return planShard(recipe, shard).flatMap(({ days }) => days.map(({ date }) => date));
}
