import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { RunLogEntry } from '../../contract/generation';
import { deletionSchema, type Deletion } from '../../contract/partitions';
import { WorkspaceFiles } from '../fs/workspace-files';
import { listDayFiles, moveDayFiles, moveDayTree } from '../generation/event-tree';
import { dayFolder, isEventFile, isRunId, newRunId } from '../generation/run-files';
import { readRunLog } from '../generation/run-log';
import type { Workspace } from '../workspace';

/*
 * Deleted days lie in `data/.trash/<id>/events`, laid out as in `data/events`, beside a note of what they are. The note
 * is written first: whatever has been moved when a program is killed can be brought back, and is at the next start
 * (`recoverTrash`). All callers hold the workspace's lock, but for `listDeletions`, which only reads.
 */

const foldersOf = (workspace: Workspace, id: string) => {
  const root = path.join(workspace.trashFolder, id);
  return {
    root,
    events: path.join(root, 'events'),
    note: path.join(root, 'deletion.json'),
    /** Is there until all files have been taken away. */
    moving: path.join(root, 'moving'),
    /** Is there from the first file that is brought back on. */
    restoring: path.join(root, 'restoring'),
  };
};

/** Takes the event files of days away; what else lies in their folders stays. */
export async function deleteDays(workspace: Workspace, dates: readonly string[]): Promise<Deletion> {
  const folders = new Set(dates.map(dayFolder));
  const files = (await listDayFiles(workspace.eventsFolder, isEventFile)).filter((file) =>
    folders.has(path.dirname(file)),
  );
  if (files.length === 0) {
    throw new AppError('NO_EVENTS', 'There is nothing to delete: these days have no files.', {
      action: 'Choose days that have files.',
    });
  }
  const days = [...new Set(files.map((file) => path.dirname(file).slice('date='.length)))];
  const [lastRun] = await readRunLog(workspace);
  const sequence = Math.max(0, ...(await readNotes(workspace)).map((note) => note.sequence ?? 0)) + 1;
  const deletion: Deletion = {
    id: newRunId(),
    deletedAt: new Date().toISOString(),
    days,
    files: files.length,
    afterRun: lastRun?.runId ?? null,
    sequence,
  };
  const { root, events, note, moving } = foldersOf(workspace, deletion.id);
  await new WorkspaceFiles(workspace).makeFolder(root);
  await writeFile(moving, '');
  await writeFile(`${note}.new`, JSON.stringify(deletion));
  await rename(`${note}.new`, note);
  try {
    await moveDayFiles(files, workspace.eventsFolder, events);
  } catch (error) {
    await undoDeletion(workspace, deletion.id);
    throw error;
  }
  await rm(moving);
  return deletion;
}

/**
 * Deletions that can be undone, newest first. One from before a run that replaced everything can't: its days belong to
 * data that is gone.
 */
export async function listDeletions(workspace: Workspace): Promise<Deletion[]> {
  const notes = await readNotes(workspace);
  if (notes.length === 0) return [];
  const log = await readRunLog(workspace);
  // Notes of older versions have no number, and are older than all that have one.
  const order = ({ sequence = 0, id }: Deletion) => `${String(sequence).padStart(16, '0')} ${id}`;
  return notes.filter((note) => isOfPresentData(note, log)).toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
}

/** By the order of the log, since a clock may be set back; by time only where a note does not know its place in it. */
function isOfPresentData({ afterRun, deletedAt }: Deletion, log: readonly RunLogEntry[]): boolean {
  const replaced = log.findIndex(({ status, request }) => status === 'succeeded' && request.mode === 'replace');
  const replace = log[replaced];
  if (!replace) return true;
  if (afterRun === null) return false;
  const known = log.findIndex(({ runId }) => runId === afterRun);
  return known < 0 ? deletedAt > replace.finishedAt : known <= replaced;
}

/** Brings the files of a deletion back. @throws AppError INVALID_OPTIONS when it can't be undone any more */
export async function restoreDeletion(workspace: Workspace, id: string): Promise<Deletion> {
  const deletion = (await listDeletions(workspace)).find((candidate) => candidate.id === id);
  if (!deletion) {
    throw new AppError('INVALID_OPTIONS', 'This deletion can no longer be undone.', {
      action: 'A refresh has made it final. Regenerate the days instead.',
    });
  }
  await writeFile(foldersOf(workspace, id).restoring, '');
  await undoDeletion(workspace, id);
  return deletion;
}

/** Makes deletions final. */
export async function emptyTrash(workspace: Workspace): Promise<void> {
  for (const id of await deletionIds(workspace)) await discard(workspace, id);
  await rm(workspace.trashFolder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Finishes what killed programs have left half done: a deletion whose files were not all taken away is undone, one whose
 * files were being brought back is brought back. The caller holds the workspace's lock.
 */
export async function recoverTrash(workspace: Workspace): Promise<void> {
  const entries: string[] = await readdir(workspace.trashFolder).catch(() => []);
  for (const name of entries) {
    const { root, moving, restoring } = foldersOf(workspace, name);
    if (isDiscarded(name)) await removeTree(root);
    else if (isRunId(name) && ((await isThere(moving)) || (await isThere(restoring))))
      await undoDeletion(workspace, name);
  }
}

/** Whether {@link recoverTrash} has anything to do. */
export async function needsTrashRecovery(workspace: Workspace): Promise<boolean> {
  const entries: string[] = await readdir(workspace.trashFolder).catch(() => []);
  for (const name of entries) {
    const { moving, restoring } = foldersOf(workspace, name);
    if (isDiscarded(name) || (isRunId(name) && ((await isThere(moving)) || (await isThere(restoring))))) return true;
  }
  return false;
}

/** May be repeated until it is through. */
async function undoDeletion(workspace: Workspace, id: string): Promise<void> {
  await moveDayTree(foldersOf(workspace, id).events, workspace.eventsFolder);
  await discard(workspace, id);
}

/** Under another name first: half a deletion must not be offered for Undo. */
async function discard(workspace: Workspace, id: string): Promise<void> {
  const { root } = foldersOf(workspace, id);
  const discarded = foldersOf(workspace, `${id}.discarded`).root;
  await rename(root, discarded);
  await removeTree(discarded);
}

function isDiscarded(name: string): boolean {
  return name.endsWith('.discarded') && isRunId(name.slice(0, -'.discarded'.length));
}

async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function deletionIds(workspace: Workspace): Promise<string[]> {
  const entries: string[] = await readdir(workspace.trashFolder).catch(() => []);
  return entries.filter(isRunId);
}

async function readNotes(workspace: Workspace): Promise<Deletion[]> {
  const ids = await deletionIds(workspace);
  const notes = await Promise.all(ids.map((id) => readNote(foldersOf(workspace, id).note)));
  return notes.filter((note) => note !== null);
}

async function readNote(file: string): Promise<Deletion | null> {
  try {
    return deletionSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    // Killed before the note was there: nothing had been moved.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
