import path from 'node:path';
import { AppError, toAppError } from '../../../contract/app-error';
import type { RunLogEntry } from '../../../contract/generation';
import type { RepeatedDay } from '../../../contract/partitions';
import { withFolderGone } from '../../fs/opened-folder';
import { WorkspaceFiles } from '../../fs/workspace-files';
import { systemError } from '../../fs/system-error';
import type { Workspace } from '../../workspace';
import { commitExchange, discardRun } from '../../commit/commit';
import { listFilesOfDays } from '../../events/event-tree';
import { lockWorkspace } from '../../commit/lock';
import { planShard } from '../plan/plan';
import { recoverStaging } from '../../commit/recovery';
import { belongsToRun, dayFolder, isRunId, newRunId, runFolders } from '../../events/paths';
import { presentRuns, readRunLog } from '../../commit/run-log';
import type { WorkerHandle } from './worker-handle';
import { prepareRequest, WorkerPool } from './worker-pool';

export interface RepeatDayOptions {
  readonly workspace: Workspace;
  readonly date: string;
  readonly sqlFolder: string;
  readonly program: string;
  readonly spawnWorker: () => WorkerHandle;
  readonly signal: AbortSignal;
}

/**
 * Writes the files of one day again, from the recipes of the runs in the log: for each run that covers the day, the
 * chunk with that day is written again, and only that day's file is kept, so the rows are the same whatever a day
 * shares with its neighbours. Once the files of all runs are written, a commit with a journal puts them in place of
 * damaged or missing ones, under the same names. The log doesn't change, since no run was added.
 * @throws AppError INVALID_OPTIONS if no run in the log wrote that day, or it has other files; WORKSPACE_BUSY, ...
 */
export async function repeatDay(options: RepeatDayOptions): Promise<RepeatedDay> {
  const { workspace, date, program } = options;
  try {
    const lock = await lockWorkspace(workspace, program);
    try {
      await recoverStaging(workspace);
      const runs = runsOf(date, await readRunLog(workspace));
      await refuseStrangers(workspace, date, runs);
      return { date, files: runs.length, rows: await repeatRuns(runs, options) };
    } finally {
      await lock.release();
    }
  } catch (error) {
    const told = await withFolderGone(error, workspace.folder);
    throw systemError(told, workspace.folder) ?? toAppError(told);
  }
}

/** The runs that wrote rows of the day. */
function runsOf(date: string, log: readonly RunLogEntry[]): RunLogEntry[] {
  // File names contain the ids of the log, which anybody may have written.
  const named = presentRuns(log).filter(({ runId }) => isRunId(runId));
  const runs = named.filter(({ request }) => dayOf(date, request) !== undefined);
  if (runs.length > 0) return runs;
  throw new AppError('INVALID_OPTIONS', `No recorded run covers ${date}.`, {
    action: 'Generate that day with its own recipe.',
  });
}

function dayOf(date: string, { recipe, shard }: RunLogEntry['request']) {
  for (const chunk of planShard(recipe, shard)) {
    const day = chunk.days.find((candidate) => candidate.date === date);
    if (day) return { chunk, day };
  }
  return undefined;
}

/** A file that no run in the log wrote may contain the rows of several, which would then exist twice. */
async function refuseStrangers(workspace: Workspace, date: string, runs: readonly RunLogEntry[]): Promise<void> {
  const names = await namesOfDay(new WorkspaceFiles(workspace), workspace.eventsFolder, date);
  const strangers = names.filter((name) => !runs.some(({ runId }) => belongsToRun(name, runId)));
  if (strangers.length === 0) return;
  throw new AppError('INVALID_OPTIONS', `${date} has files that no recorded run wrote: ${strangers.join(', ')}.`, {
    action: 'They were compacted or added by another program. Delete the day first, then regenerate it.',
  });
}

/** Writes the day's files of all runs, then puts them in place together. Returns the rows of the day. */
async function repeatRuns(runs: readonly RunLogEntry[], options: RepeatDayOptions): Promise<number> {
  const { workspace, date } = options;
  const day = dayFolder(date);
  // Not the id of a run: recovery would undo leftovers with such an id together with the run.
  const stagingId = newRunId();
  const { events } = runFolders(workspace, stagingId);
  const files = new WorkspaceFiles(workspace);
  try {
    await files.makeFolder(path.join(events, day));
    let rows = 0;
    for (const run of runs) rows += await repeatRun(run, path.join(events, day), options);
    const written = new Set(await namesOfDay(files, events, date));
    const present = await namesOfDay(files, workspace.eventsFolder, date);
    const left = present.filter((name) => !written.has(name));
    await commitExchange(
      workspace,
      stagingId,
      left.map((name) => path.join(day, name)),
    );
    return rows;
  } catch (error) {
    await discardRun(workspace, stagingId);
    throw error;
  }
}

/** Writes one run's files of the day into the folder `target`, under the names that they have in the workspace. */
async function repeatRun(
  { runId, request }: RunLogEntry,
  target: string,
  { workspace, date, sqlFolder, spawnWorker, signal }: RepeatDayOptions,
): Promise<number> {
  const found = dayOf(date, request);
  if (!found) return 0;
  const stagingId = newRunId();
  const staging = runFolders(workspace, stagingId);
  try {
    const files = new WorkspaceFiles(workspace);
    await files.makeFolder(staging.events);
    const preparation = prepareRequest(workspace, stagingId, request.recipe, sqlFolder);
    await new WorkerPool({ chunks: [found.chunk], workers: 1, preparation, spawnWorker, signal }).run();
    const written = path.join(staging.events, dayFolder(date));
    for (const name of await namesOfDay(files, staging.events, date)) {
      await files.moveListed(path.join(written, name), path.join(target, name.replace(stagingId, runId)));
    }
    return found.day.rows;
  } finally {
    await discardRun(workspace, stagingId);
  }
}

/** Names of a day's event files in a tree of days. */
async function namesOfDay(files: WorkspaceFiles, root: string, date: string): Promise<string[]> {
  return (await listFilesOfDays(files, root, [dayFolder(date)])).map((file) => path.basename(file));
}
