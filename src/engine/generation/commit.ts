import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { toAppError } from '../../contract/app-error';
import type { RunLogEntry, RunStep } from '../../contract/generation';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';
import { hasCode } from '../error-code';
import { listDayFiles, moveDayFiles, moveDayTree, removeDayFiles } from './event-tree';
import { readJournal, writeJournal, type Journal } from './journal';
import { lockWorkspace } from './lock';
import { generatorsEnded } from './orphans';
import { belongsToRun, isEventFile, isRunId, runFolders } from './run-files';
import { appendRun } from './run-log';

/*
 * How a run becomes visible, all of it or nothing. Files wait in `data/.staging/<run>/events`. Once all are written
 *
 *   1. the journal is written: from here on a killed run is finished by the next start, before it is undone;
 *   2. new files move into `data/events`;
 *   3. files that they replace move out, to `data/.staging/<run>/replaced`: there is no moment without data;
 *   4. the staging goes, the run log gets its line, the journal goes.
 *
 * Each step may be repeated. When 2 or 3 fail, the journal is removed first and then all is undone: which files came
 * from a run shows in their names, and which it took out in its staging, so undoing needs no journal.
 */

/**
 * Makes the staged files of a run the workspace's events, and logs the run with the time that this took. The caller
 * holds the workspace's lock.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID; everything is as it was before the run then
 */
export async function commitRun(workspace: Workspace, entry: RunLogEntry): Promise<RunLogEntry> {
  const began = performance.now();
  const journal = await beginCommit(workspace, entry).catch(async (error: unknown) => {
    await discardRun(workspace, entry.runId);
    throw error;
  });
  const timed = () => withStep(entry, { phase: 'committing', elapsedMs: Math.round(performance.now() - began) });
  return (await finishCommit(workspace, entry.runId, journal, timed)) ?? entry;
}

function withStep(entry: RunLogEntry, step: RunStep): RunLogEntry {
  return entry.steps ? { ...entry, steps: [...entry.steps, step] } : entry;
}

/**
 * Puts staged files in the place of others, all of them or none: the rows stay, so this is no run and is not logged.
 * The caller holds the workspace's lock.
 * @param stagingId an id like that of a run, which the names of the staged files carry
 * @param replaced files by path from the events folder
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID; everything is as it was before then
 */
export async function commitExchange(
  workspace: Workspace,
  stagingId: string,
  replaced: readonly string[],
): Promise<void> {
  const journal: Journal = { version: 1, replaced: [...replaced], entry: null };
  await writeJournal(runFolders(workspace, stagingId), journal);
  await finishCommit(workspace, stagingId, journal);
}

/**
 * Removes what a run has staged, once its generators have ended. It goes to another name first: a generator that has
 * not begun by then finds nothing to write to, and one that has is named in it.
 */
export async function discardRun(workspace: Workspace, runId: string): Promise<void> {
  const { root, generators } = runFolders(workspace, runId);
  const discarded = runFolders(workspace, `${runId}.discarded`);
  // On Windows a folder with open files can't be renamed.
  await rename(root, discarded.root).catch(() => undefined);
  await generatorsEnded(generators);
  await generatorsEnded(discarded.generators);
  await removeTree(root);
  await removeTree(discarded.root);
  // Goes with the last run in it.
  await removeEmptyStaging(workspace);
}

/** Finishes or undoes what killed runs have left. The caller holds the workspace's lock. */
export async function recoverStaging(workspace: Workspace): Promise<void> {
  for (const runId of (await stagedRuns(workspace)) ?? []) {
    const journal = await readJournal(runFolders(workspace, runId));
    if (journal) await finishCommit(workspace, runId, journal);
    else if (isRunId(runId)) await undoCommit(workspace, runId);
    else await discardRun(workspace, runId);
  }
  // A program that is killed before its first file, or after its last, leaves the folder alone.
  await removeEmptyStaging(workspace);
}

async function removeEmptyStaging({ stagingFolder }: Workspace): Promise<void> {
  await rmdir(stagingFolder).catch(() => undefined);
}

/**
 * Finishes or undoes what killed runs have left in a workspace; leaves a run alone that is under way. To be called when
 * a program starts with a workspace; costs nothing where nothing is left.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID
 */
export async function recoverRuns(workspace: Workspace): Promise<void> {
  try {
    if ((await stagedRuns(workspace)) === null) return;
    const lock = await lockWorkspace(workspace, path.basename(process.argv0));
    try {
      await recoverStaging(workspace);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const reason = systemError(error, workspace.folder) ?? toAppError(error);
    if (reason.code !== 'WORKSPACE_BUSY') throw reason;
  }
}

/** Ids of the runs that have something in the staging folder, oldest first; null where there is no such folder. */
async function stagedRuns(workspace: Workspace): Promise<string[] | null> {
  try {
    return (await readdir(workspace.stagingFolder)).toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

async function beginCommit(workspace: Workspace, entry: RunLogEntry): Promise<Journal> {
  const replaced = entry.request.mode === 'replace' ? await listDayFiles(workspace.eventsFolder, isEventFile) : [];
  const journal: Journal = { version: 1, replaced, entry };
  await writeJournal(runFolders(workspace, entry.runId), journal);
  return journal;
}

/** @returns the line of the log, null for what is no run */
async function finishCommit(
  workspace: Workspace,
  runId: string,
  { replaced, entry }: Journal,
  lineOf: (entry: RunLogEntry) => RunLogEntry = (line) => line,
): Promise<RunLogEntry | null> {
  const folders = runFolders(workspace, runId);
  try {
    await moveDayTree(folders.events, workspace.eventsFolder);
    await moveDayFiles(replaced, workspace.eventsFolder, folders.replaced);
  } catch (error) {
    await undoCommit(workspace, runId);
    throw systemError(error, workspace.folder) ?? error;
  }
  await Promise.all([removeTree(folders.events), removeTree(folders.replaced), removeTree(folders.spill)]);
  const line = entry && lineOf(entry);
  try {
    if (line) await appendRun(workspace, line);
  } catch {
    // The data is in. The journal stays, so that the next start adds the line that a full disk did not take.
    return line;
  }
  await discardRun(workspace, runId);
  return line;
}

async function undoCommit(workspace: Workspace, runId: string): Promise<void> {
  const folders = runFolders(workspace, runId);
  await rm(folders.journal, { force: true });
  await moveDayTree(folders.replaced, workspace.eventsFolder);
  const moved = await listDayFiles(workspace.eventsFolder, (name) => belongsToRun(name, runId));
  await removeDayFiles(moved, workspace.eventsFolder);
  await discardRun(workspace, runId);
}

/** Retries: a killed writer may take a moment to let go, and on Windows so may a virus scanner. */
async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
