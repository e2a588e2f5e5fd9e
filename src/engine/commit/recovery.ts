import { type AppError, toAppError } from '../../contract/app-error';
import { WorkspaceFiles, type Found, type FolderEntry } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { Commit, discardRun, removeEmptyStaging } from './commit';
import { readJournal } from './journal';
import { patience } from './generator-pids';
import { notice, type TellNotice } from './notice';
import { giveAccessToDays } from '../events/event-tree';
import { discardedRunId, isRunId, runFolders } from '../events/paths';
import { readLogBytes } from './run-log';

/*
 * Finishes or undoes the runs of killed programs: in the next job that writes, and when a program opens the workspace.
 * The folder may come from somebody else, so only entries with this program's names are touched.
 */

/** At most this many entries of the staging folder are read; a run leaves one. */
const mostEntries = 200_000;
/**
 * Most runs that one recovery handles, and the time after which it starts no further one. There is rarely more than
 * one.
 */
const mostRuns = 100;
const mostMs = 10_000;

/**
 * Whether there are unfinished runs, or something else in the log's place. Reports a log that is too long to read
 * completely.
 */
export async function isRunRecoveryDue(
  files: WorkspaceFiles,
  workspace: Workspace,
  tell: TellNotice,
): Promise<boolean> {
  const log = await files.find(workspace.runLog);
  if (log && log.bytes > readLogBytes) tell(longLog(log.bytes));
  return logProblem(log) !== null || (await files.find(workspace.stagingFolder)) !== null;
}

/**
 * Finishes or undoes the runs of killed programs. The caller holds the workspace's lock.
 * @param onFailure called with each run that could be neither finished nor undone: LINK_NOT_ALLOWED, WORKSPACE_INVALID,
 * ...
 */
export async function recoverStaging(
  workspace: Workspace,
  tell: TellNotice = () => undefined,
  onFailure: TellNotice = fail,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  await mendLog(files, workspace, tell);
  const listing = await files.list(workspace.stagingFolder, mostEntries);
  const staged = (listing?.entries ?? []).filter(isStagedRun).map(({ name }) => name);
  const [began, until] = [performance.now(), patience()];
  // Folders that are only removed come last: those that can't be removed must not keep runs from being finished.
  const isLast = (name: string) => Number(!isRunId(name));
  const due = staged.toSorted((a, b) => isLast(a) - isLast(b) || (a < b ? -1 : 1)).slice(0, mostRuns);
  let done = 0;
  for (; done < due.length && performance.now() - began < mostMs; done += 1) {
    try {
      await recoverRun(workspace, due[done] ?? '', until, tell);
    } catch (error) {
      onFailure(systemError(error, workspace.folder) ?? toAppError(error));
    }
  }
  if (listing?.truncated || done < staged.length) {
    tell(notice('data/.staging has too many entries to clean up at once; the rest is left for the next start.'));
  }
  // A program killed before its first file or after its last leaves an empty folder.
  await removeEmptyStaging(workspace);
}

function fail(error: AppError): never {
  throw error;
}

function isStagedRun({ name, kind }: FolderEntry): boolean {
  return kind === 'folder' && (isRunId(name) || discardedRunId(name) !== null);
}

async function recoverRun(workspace: Workspace, name: string, until: number, tell: TellNotice): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const folders = runFolders(workspace, name);
  for (const folder of [folders.root, folders.generators]) await files.giveAccess(folder);
  const discardedId = discardedRunId(name);
  if (discardedId !== null) return discardRun(workspace, discardedId, until, tell);
  for (const tree of [folders.events, folders.replaced]) await giveAccessToDays(files, tree);
  const commit = new Commit(workspace, name, until, tell);
  const journal = await readJournal(commit.files, folders, name);
  if (journal.status === 'read') return void (await commit.finish(journal.value, { own: false }));
  await commit.undo();
  if (journal.status === 'refused') {
    tell(notice(`The journal of the run ${name} couldn't be read (${journal.reason}), so the run was undone.`));
  }
}

/** Why the run log can't be written to; null if it can. */
function logProblem(log: Found | null): string | null {
  if (!log) return null;
  if (log.kind !== 'file') return "wasn't a regular file";
  return log.shared ? 'was a hard link, perhaps to a file outside the workspace' : null;
}

/**
 * Sets aside a log that can't be written to. Of a hard link, the end, which is the part that is read, goes into a new
 * file.
 */
async function mendLog(files: WorkspaceFiles, { runLog }: Workspace, tell: TellNotice): Promise<void> {
  const problem = logProblem(await files.find(runLog));
  if (problem === null) return;
  const read = await files.readOwnEnd(runLog, readLogBytes);
  const name = await files.setAside(runLog);
  if (read.status === 'read') await files.create(runLog, read.bytes);
  if (name) tell(notice(`data/runs.jsonl ${problem}, and was renamed to data/${name}.`));
}

function longLog(bytes: number): AppError {
  const [all, read] = [bytes, readLogBytes].map((size) => Math.round(size / 1e6));
  return notice(`data/runs.jsonl is ${all} MB: only its last ${read} MB, with the newest runs, are read.`);
}
