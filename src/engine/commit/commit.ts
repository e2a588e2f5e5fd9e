import path from 'node:path';
import type { RunLogEntry, RunStep } from '../../contract/generation';
import { WorkspaceFiles } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import {
  listAllDayFiles,
  listDayFiles,
  listDays,
  moveDayFiles,
  moveDayTree,
  removeDayFiles,
  removeEmptyDays,
} from '../events/event-tree';
import { writeJournal, type Journal } from './journal';
import { generatorsEnded, patience } from './generator-pids';
import { belongsToRun, discarded, runFolders } from '../events/paths';
import { removeOrTell, type TellNotice } from './notice';
import { appendRun } from './run-log';

/*
 * How a run becomes visible, all of it or nothing. Files wait in `data/.staging/<run>/events`. Once all are written:
 *
 *   1. the journal is written: from now on recovery finishes a killed run; before, recovery undoes it;
 *   2. new files move into `data/events`;
 *   3. files that they replace move to `data/.staging/<run>/replaced`, so there is no moment without data;
 *   4. the staging folder goes, the run log gets its line, the journal goes.
 *
 * Each step can be repeated. If 2 or 3 fails, the journal is removed first and then everything is undone. Undoing needs
 * no journal: the new files are known by their names, the replaced ones by the staging folder.
 */

/**
 * Makes the staged files of a run part of the workspace's events, and logs the run. The caller holds the workspace's
 * lock.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID; nothing has changed then
 */
export async function commitRun(workspace: Workspace, entry: RunLogEntry): Promise<RunLogEntry> {
  const began = performance.now();
  const commit = new Commit(workspace, entry.runId);
  const journal = await commit.begin(entry).catch(async (error: unknown) => {
    await discardRun(workspace, entry.runId);
    throw error;
  });
  const timed = () => withStep(entry, { phase: 'committing', elapsedMs: Math.round(performance.now() - began) });
  return (await commit.finish(journal, { own: true }, timed)) ?? entry;
}

function withStep(entry: RunLogEntry, step: RunStep): RunLogEntry {
  return entry.steps ? { ...entry, steps: [...entry.steps, step] } : entry;
}

/**
 * Replaces files by staged ones, all of them or none. The rows stay the same, so this isn't a run and isn't logged. The
 * caller holds the workspace's lock.
 * @param stagingId an id like a run's, which is part of the names of the staged files
 * @param replaced files by path from the events folder
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID; nothing has changed then
 */
export async function commitExchange(
  workspace: Workspace,
  stagingId: string,
  replaced: readonly string[],
): Promise<void> {
  const commit = new Commit(workspace, stagingId);
  const journal: Journal = { version: 1, replaced: [...replaced], entry: null };
  await writeJournal(commit.files, commit.folders, journal);
  await commit.finish(journal, { own: true });
}

/**
 * Removes the staged files of a run, once its generator processes have ended. The folder is renamed first: a generator
 * process that hasn't started writing then finds no folder, and one that has is listed in it.
 * @param until when to stop waiting for generator processes
 * @param tell called with a folder that can't be removed; it is ignored from then on
 */
export async function discardRun(
  workspace: Workspace,
  runId: string,
  until = patience(),
  tell: TellNotice = () => undefined,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const { root, generators } = runFolders(workspace, runId);
  const discardedFolders = runFolders(workspace, `${runId}${discarded}`);
  // On Windows a folder with open files can't be renamed.
  await files.move(root, discardedFolders.root).catch(() => undefined);
  await generatorsEnded(files, generators, until);
  await generatorsEnded(files, discardedFolders.generators, until);
  // Under its own name it would be recovered again.
  await files.removeTree(root);
  await removeOrTell(files, discardedFolders.root, tell);
  // Removed with its last run.
  await removeEmptyStaging(workspace);
}

/** Does nothing if it isn't empty. */
export async function removeEmptyStaging(workspace: Workspace): Promise<void> {
  await new WorkspaceFiles(workspace).removeEmptyFolder(workspace.stagingFolder).catch(() => undefined);
}

/** The commit of one run, by its own process or by recovery. */
export class Commit {
  readonly files: WorkspaceFiles;

  /**
   * @param until when to stop waiting for generator processes
   * @param tell called with a folder that can't be removed
   */
  constructor(
    private readonly workspace: Workspace,
    private readonly runId: string,
    private readonly until = patience(),
    private readonly tell: TellNotice = () => undefined,
  ) {
    this.files = new WorkspaceFiles(workspace);
  }

  get folders() {
    return runFolders(this.workspace, this.runId);
  }

  async begin(entry: RunLogEntry): Promise<Journal> {
    const replaces = entry.request.mode === 'replace';
    const replaced = replaces ? await listAllDayFiles(this.files, this.workspace.eventsFolder) : [];
    const journal: Journal = { version: 1, replaced, entry };
    await writeJournal(this.files, this.folders, journal);
    return journal;
  }

  /**
   * @param own whether this process staged the files and listed the replaced ones, so that they need no check
   * @returns the log entry; null if it isn't a run
   */
  async finish(
    { replaced, entry }: Journal,
    { own }: { own: boolean },
    lineOf: (entry: RunLogEntry) => RunLogEntry = (line) => line,
  ): Promise<RunLogEntry | null> {
    const { eventsFolder } = this.workspace;
    const { folders } = this;
    try {
      await moveDayTree(this.files, folders.events, eventsFolder, { own });
      const moved = own ? replaced : await this.#present(replaced);
      await moveDayFiles(this.files, moved, eventsFolder, folders.replaced);
      if (!own) await this.#removeDaysOf(replaced);
    } catch (error) {
      await this.undo();
      throw systemError(error, this.workspace.folder) ?? error;
    }
    const trees = [folders.events, folders.replaced, folders.spill];
    // One that can't be removed now goes, or stays, with the whole folder of the run.
    await Promise.all(trees.map((tree) => this.files.removeTree(tree).catch(() => undefined)));
    const line = entry && lineOf(entry);
    try {
      if (line) await appendRun(this.workspace, line);
    } catch {
      // The data is committed. The journal stays, so that the next start adds the line that a full disk refused.
      return line;
    }
    await discardRun(this.workspace, this.runId, this.until, this.tell);
    return line;
  }

  async undo(): Promise<void> {
    const { eventsFolder } = this.workspace;
    // Removes anything that has its name.
    await this.files.removeTree(this.folders.journal);
    await moveDayTree(this.files, this.folders.replaced, eventsFolder, { own: false });
    const moved = await listDayFiles(this.files, eventsFolder, (name) => belongsToRun(name, this.runId));
    await removeDayFiles(this.files, moved, eventsFolder);
    await discardRun(this.workspace, this.runId, this.until, this.tell);
  }

  /** A killed commit may have moved the files and left their folder. The journal can name days that don't exist. */
  async #removeDaysOf(replaced: readonly string[]): Promise<void> {
    const { eventsFolder } = this.workspace;
    const present = new Set(replaced.length === 0 ? [] : await listDays(this.files, eventsFolder));
    const ofPresent = replaced.filter((file) => present.has(path.dirname(file)));
    await removeEmptyDays(this.files, ofPresent, eventsFolder);
  }

  /** The files of a journal that exist and are regular files. */
  async #present(replaced: readonly string[]): Promise<string[]> {
    if (replaced.length === 0) return [];
    const wanted = new Set(replaced.map((file) => path.normalize(file)));
    return (await listDayFiles(this.files, this.workspace.eventsFolder)).filter((file) => wanted.has(file));
  }
}
