import path from 'node:path';
import type { RunLogEntry, RunStep } from '../../contract/generation';
import { WorkspaceFiles } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import {
  listAllDayFiles,
  listDayFiles,
  moveDayFiles,
  moveDayTree,
  removeDayFiles,
  removeEmptyDays,
} from '../events/event-tree';
import { writeJournal, type Journal } from './journal';
import { generatorsEnded, patience } from './generator-pids';
import { belongsToRun, discarded, runFolders } from '../events/paths';
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
  const commit = new Commit(workspace, stagingId);
  const journal: Journal = { version: 1, replaced: [...replaced], entry: null };
  await writeJournal(commit.files, commit.folders, journal);
  await commit.finish(journal, { own: true });
}

/**
 * Removes what a run has staged, once its generators have ended. It goes to another name first: a generator that has
 * not begun by then finds nothing to write to, and one that has is named in it.
 * @param until when to stop waiting for generators
 */
export async function discardRun(workspace: Workspace, runId: string, until = patience()): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const { root, generators } = runFolders(workspace, runId);
  const discardedFolders = runFolders(workspace, `${runId}${discarded}`);
  // On Windows a folder with open files can't be renamed.
  await files.move(root, discardedFolders.root).catch(() => undefined);
  await generatorsEnded(files, generators, until);
  await generatorsEnded(files, discardedFolders.generators, until);
  await files.removeTree(root);
  await files.removeTree(discardedFolders.root);
  // Goes with the last run in it.
  await removeEmptyStaging(workspace);
}

/** Does nothing where something is in it. */
export async function removeEmptyStaging(workspace: Workspace): Promise<void> {
  await new WorkspaceFiles(workspace).removeEmptyFolder(workspace.stagingFolder).catch(() => undefined);
}

/** The commit of one run: by the process that has made it, or by one that finds it half done. */
export class Commit {
  readonly files: WorkspaceFiles;

  /** @param until when to stop waiting for generators */
  constructor(
    private readonly workspace: Workspace,
    private readonly runId: string,
    private readonly until = patience(),
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
   * @param own whether this process has made the staged files and listed those that are replaced: they are as they should be
   * @returns the line of the log, null for what is no run
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
      // A killed commit may have taken the files out, and left the folder.
      if (!own) await removeEmptyDays(this.files, replaced, eventsFolder);
    } catch (error) {
      await this.undo();
      throw systemError(error, this.workspace.folder) ?? error;
    }
    const trees = [folders.events, folders.replaced, folders.spill];
    await Promise.all(trees.map((tree) => this.files.removeTree(tree)));
    const line = entry && lineOf(entry);
    try {
      if (line) await appendRun(this.workspace, line);
    } catch {
      // The data is in. The journal stays, so that the next start adds the line that a full disk did not take.
      return line;
    }
    await discardRun(this.workspace, this.runId, this.until);
    return line;
  }

  async undo(): Promise<void> {
    const { eventsFolder } = this.workspace;
    // Whatever is there in its name.
    await this.files.removeTree(this.folders.journal);
    await moveDayTree(this.files, this.folders.replaced, eventsFolder, { own: false });
    const moved = await listDayFiles(this.files, eventsFolder, (name) => belongsToRun(name, this.runId));
    await removeDayFiles(this.files, moved, eventsFolder);
    await discardRun(this.workspace, this.runId, this.until);
  }

  /** Those of a journal's files that are there, and are regular files. */
  async #present(replaced: readonly string[]): Promise<string[]> {
    if (replaced.length === 0) return [];
    const wanted = new Set(replaced.map((file) => path.normalize(file)));
    return (await listDayFiles(this.files, this.workspace.eventsFolder)).filter((file) => wanted.has(file));
  }
}
