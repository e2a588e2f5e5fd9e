import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { RunLogEntry } from '../../contract/generation';
import { deletionSchema, type Breakage, type Deletion } from '../../contract/partitions';
import { readJson, type JsonRead } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import {
  giveAccessToDays,
  listDayFiles,
  listDays,
  listFilesOfDays,
  moveDayFiles,
  moveDayTree,
  removeDayFiles,
} from '../events/event-tree';
import { belongsToRun, dayFolder, discarded, discardedRunId, isRunId, newRunId } from '../events/paths';
import { notice, removeOrTell, type TellNotice } from './notice';
import { readRunLog } from './run-log';
import type { Workspace } from '../workspace';

/*
 * Deleted days are in `data/.trash/<id>/events`, laid out as in `data/events`, with a note beside them. The note is
 * written first, so that after a kill the next start (`recoverTrash`) can restore all files that were moved. All
 * callers hold the workspace's lock except `listDeletions`, which only reads. The id is the folder's name, whatever the
 * note says; folders with other names came from somebody else and are left alone.
 */

/** At most this many entries of the trash are read; a deletion creates one. */
const mostEntries = 10_000;
/** Most deletions that one recovery handles; there is rarely more than one. */
const mostRecovered = 100;
/** The time after which recovery, or emptying the trash, starts no further deletion. */
const mostMs = 10_000;
/** The note of a deletion of 20 years of single days has about 100 kB. */
const maxNoteBytes = 1024 ** 2;

const foldersOf = (workspace: Workspace, id: string) => {
  const root = path.join(workspace.trashFolder, id);
  return {
    root,
    events: path.join(root, 'events'),
    /** Files that take the place of the deleted ones, where days are broken on purpose. */
    made: path.join(root, 'made'),
    note: path.join(root, 'deletion.json'),
    /** Exists until all files have been moved. */
    moving: path.join(root, 'moving'),
    /** Exists from the moment the first file is restored. */
    restoring: path.join(root, 'restoring'),
  };
};

/** What takes the place of days that are broken on purpose. */
export interface Replacement {
  readonly breakage: Breakage;
  /** Writes the new files below `folder`, laid out as in `data/events`, with `id` in their names like a run's. */
  readonly write: (folder: string, id: string, days: readonly string[]) => Promise<void>;
}

/**
 * Moves the event files of days to the trash; other entries of their folders stay.
 * @param replacement set if the days are broken on purpose, not just deleted
 */
export async function deleteDays(
  workspace: Workspace,
  dates: readonly string[],
  replacement?: Replacement,
): Promise<Deletion> {
  const files = new WorkspaceFiles(workspace);
  const deleted = await listFilesOfDays(files, workspace.eventsFolder, [...new Set(dates.map(dayFolder))]);
  if (deleted.length === 0) {
    throw new AppError('NO_EVENTS', 'Nothing to delete: these days have no files.', {
      action: 'Select days that have files.',
    });
  }
  const days = [...new Set(deleted.map((file) => path.dirname(file).slice('date='.length)))];
  const [lastRun] = await readRunLog(workspace);
  const sequence = Math.max(0, ...(await readNotes(files, workspace)).map((note) => note.sequence ?? 0)) + 1;
  const deletion: Deletion = {
    id: newRunId(),
    deletedAt: new Date().toISOString(),
    days,
    files: deleted.length,
    afterRun: lastRun?.runId ?? null,
    sequence,
    ...(replacement && { breakage: replacement.breakage }),
  };
  const { root, events, made, note, moving } = foldersOf(workspace, deletion.id);
  await files.makeFolder(root);
  try {
    await files.create(moving, '');
    await files.replace(note, JSON.stringify(deletion));
    await replacement?.write(made, deletion.id, days);
    await moveDayFiles(files, deleted, workspace.eventsFolder, events);
    await moveDayTree(files, made, workspace.eventsFolder, { own: true });
  } catch (error) {
    await undoDeletion(files, workspace, deletion.id);
    throw error;
  }
  await files.remove(moving);
  return deletion;
}

/**
 * Deletions that can be undone, newest first. Those from before a run that replaced everything can't: their data no
 * longer exists.
 */
export async function listDeletions(workspace: Workspace): Promise<Deletion[]> {
  const notes = await readNotes(new WorkspaceFiles(workspace), workspace);
  if (notes.length === 0) return [];
  const log = await readRunLog(workspace);
  // Notes of older versions have no number and are older than all that have one.
  const order = ({ sequence = 0, id }: Deletion) => `${String(sequence).padStart(16, '0')} ${id}`;
  return notes.filter((note) => isOfPresentData(note, log)).toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
}

/** Decided by the order of the log, since a clock can be set back; by time only if a note has no place in the log. */
function isOfPresentData({ afterRun, deletedAt }: Deletion, log: readonly RunLogEntry[]): boolean {
  const replaced = log.findIndex(({ status, request }) => status === 'succeeded' && request.mode === 'replace');
  const replace = log[replaced];
  if (!replace) return true;
  if (afterRun === null) return false;
  const known = log.findIndex(({ runId }) => runId === afterRun);
  return known < 0 ? deletedAt > replace.finishedAt : known <= replaced;
}

/** Restores the files of a deletion. @throws AppError INVALID_OPTIONS if it can no longer be undone */
export async function restoreDeletion(workspace: Workspace, id: string): Promise<Deletion> {
  const deletion = (await listDeletions(workspace)).find((candidate) => candidate.id === id);
  if (!deletion) {
    throw new AppError('INVALID_OPTIONS', 'This deletion can no longer be undone.', {
      action: 'A refresh made it permanent. Regenerate the days instead.',
    });
  }
  const files = new WorkspaceFiles(workspace);
  await files.replace(foldersOf(workspace, id).restoring, '');
  await undoDeletion(files, workspace, id);
  return deletion;
}

/**
 * Makes deletions permanent; days broken on purpose stay restorable while their data is present. Those with files but no readable note are kept, since nobody can know their content, and
 * so are those that {@link recoverTrash} has yet to undo.
 */
export async function emptyTrash(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const log = await readRunLog(workspace);
  const isFinal = async (id: string) => {
    if (!isRunId(id) || (await isHalfDone(files, workspace, id))) return false;
    const read = await readNote(files, workspace, id);
    if (read.status === 'read') return !read.value.breakage || !isOfPresentData(read.value, log);
    // Killed before the note was written: nothing has been moved.
    return (await listDayFiles(files, foldersOf(workspace, id).events)).length === 0;
  };
  await handleSome(await trashEntries(files, workspace), Infinity, isFinal, (id) => discard(files, workspace, id));
  await files.removeEmptyFolder(workspace.trashFolder);
}

/**
 * Recovers from killed programs: undoes unfinished deletions and completes unfinished restorations. The caller holds
 * the workspace's lock. In a folder with very many of them, the rest is left for the next start.
 */
export async function recoverTrash(workspace: Workspace, tell: TellNotice = () => undefined): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const entries = await trashEntries(files, workspace);
  for (const name of entries) await files.giveAccess(foldersOf(workspace, name).root);
  const undo = (id: string) => undoDeletion(files, workspace, id, tell);
  const undone = await handleSome(entries, mostRecovered, (name) => isHalfDone(files, workspace, name), undo);
  // They come last: folders that can't be removed must not keep deletions from being undone.
  const remove = (name: string) => removeOrTell(files, foldersOf(workspace, name).root, tell);
  const removed = await handleSome(entries, mostRecovered, async (name) => discardedRunId(name) !== null, remove);
  if (undone && removed) return;
  tell(notice('data/.trash has too many entries to clean up at once; the rest is left for the next start.'));
}

/**
 * Handles those entries that are due, up to the limits.
 * @returns false if a limit was reached
 */
async function handleSome(
  entries: readonly string[],
  most: number,
  isDue: (name: string) => Promise<boolean>,
  handle: (name: string) => Promise<void>,
): Promise<boolean> {
  const began = performance.now();
  let handled = 0;
  for (const name of entries) {
    if (!(await isDue(name))) continue;
    if (handled === most || performance.now() - began > mostMs) return false;
    await handle(name);
    handled += 1;
  }
  return true;
}

/** Whether {@link recoverTrash} has anything to do. */
export async function needsTrashRecovery(workspace: Workspace): Promise<boolean> {
  const files = new WorkspaceFiles(workspace);
  for (const name of await trashEntries(files, workspace)) {
    // Recovery gives access to a folder that it can't look into.
    const isHalf = () => isHalfDone(files, workspace, name).catch(() => true);
    if (discardedRunId(name) !== null || (await isHalf())) return true;
  }
  return false;
}

async function isHalfDone(files: WorkspaceFiles, workspace: Workspace, name: string): Promise<boolean> {
  const { moving, restoring } = foldersOf(workspace, name);
  return isRunId(name) && ((await files.find(moving)) !== null || (await files.find(restoring)) !== null);
}

/** Can be repeated until it succeeds. */
async function undoDeletion(files: WorkspaceFiles, workspace: Workspace, id: string, tell?: TellNotice): Promise<void> {
  const { root, events } = foldersOf(workspace, id);
  await files.giveAccess(root);
  await giveAccessToDays(files, events);
  // What took the place of the files goes first: they must never be there together.
  const days = (await listDays(files, events)) ?? [];
  const made = await listFilesOfDays(files, workspace.eventsFolder, days);
  const own = made.filter((file) => belongsToRun(path.basename(file), id));
  await removeDayFiles(files, own, workspace.eventsFolder);
  await moveDayTree(files, events, workspace.eventsFolder, { own: false });
  await discard(files, workspace, id, tell);
}

/** Renamed first: half a deletion must not be offered for Undo. */
async function discard(
  files: WorkspaceFiles,
  workspace: Workspace,
  id: string,
  tell: TellNotice = () => undefined,
): Promise<void> {
  const aside = foldersOf(workspace, `${id}${discarded}`).root;
  await files.move(foldersOf(workspace, id).root, aside);
  await removeOrTell(files, aside, tell);
}

/** Names of the folders of deletions, oldest first, including those being removed. */
async function trashEntries(files: WorkspaceFiles, { trashFolder }: Workspace): Promise<string[]> {
  const listing = await files.list(trashFolder, mostEntries);
  const folders = (listing?.entries ?? []).filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  return folders.filter((name) => isRunId(name) || discardedRunId(name) !== null).toSorted();
}

async function readNotes(files: WorkspaceFiles, workspace: Workspace): Promise<Deletion[]> {
  const notes: Deletion[] = [];
  for (const id of (await trashEntries(files, workspace)).filter(isRunId)) {
    // One that can't be read must not hide the others. Recovery reports it.
    const note = await readNote(files, workspace, id).catch((): JsonRead<Deletion> => ({ status: 'missing' }));
    if (note.status === 'read') notes.push(note.value);
  }
  return notes;
}

async function readNote(files: WorkspaceFiles, workspace: Workspace, id: string): Promise<JsonRead<Deletion>> {
  const read = await readJson(files, foldersOf(workspace, id).note, maxNoteBytes, deletionSchema);
  return read.status === 'read' ? { status: 'read', value: { ...read.value, id } } : read;
}
