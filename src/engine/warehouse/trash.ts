import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { deletionSchema, type Deletion } from '../../contract/partitions';
import { makeFolder } from '../folder';
import { listDayFiles, moveDayFiles, moveDayTree } from '../generation/event-tree';
import { dayFolder, isEventFile, newRunId } from '../generation/run-files';
import { readRunLog } from '../generation/run-log';
import type { Workspace } from '../workspace';

/*
 * Deleted days lie in `data/.trash/<id>/events`, laid out as in `data/events`, beside a note of what they are. The note
 * is written first: whatever has been moved when a program is killed can be brought back. All callers hold the
 * workspace's lock, but for `listDeletions`, which only reads.
 */

const foldersOf = (workspace: Workspace, id: string) => {
  const root = path.join(workspace.trashFolder, id);
  return { root, events: path.join(root, 'events'), note: path.join(root, 'deletion.json') };
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
  const deletion: Deletion = { id: newRunId(), deletedAt: new Date().toISOString(), days, files: files.length };
  const { root, events, note } = foldersOf(workspace, deletion.id);
  await makeFolder(root);
  await writeFile(`${note}.new`, JSON.stringify(deletion));
  await rename(`${note}.new`, note);
  await moveDayFiles(files, workspace.eventsFolder, events);
  return deletion;
}

/**
 * Deletions that can be undone, newest first. One from before a run that replaced everything can't: its days belong to
 * data that is gone.
 */
export async function listDeletions(workspace: Workspace): Promise<Deletion[]> {
  const entries: string[] = await readdir(workspace.trashFolder).catch(() => []);
  const ids = entries.toSorted().toReversed();
  if (ids.length === 0) return [];
  const replace = (await readRunLog(workspace)).find(
    ({ status, request }) => status === 'succeeded' && request.mode === 'replace',
  );
  const notes = await Promise.all(ids.map((id) => readNote(foldersOf(workspace, id).note)));
  return notes.flatMap((note) => (note && (!replace || note.deletedAt > replace.finishedAt) ? [note] : []));
}

/** Brings the files of a deletion back. @throws AppError INVALID_OPTIONS when it can't be undone any more */
export async function restoreDeletion(workspace: Workspace, id: string): Promise<Deletion> {
  const deletion = (await listDeletions(workspace)).find((candidate) => candidate.id === id);
  if (!deletion) {
    throw new AppError('INVALID_OPTIONS', 'This deletion can no longer be undone.', {
      action: 'A refresh has made it final. Regenerate the days instead.',
    });
  }
  const { root, events } = foldersOf(workspace, id);
  await moveDayTree(events, workspace.eventsFolder);
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  return deletion;
}

/** Makes deletions final. */
export async function emptyTrash(workspace: Workspace): Promise<void> {
  await rm(workspace.trashFolder, { recursive: true, force: true, maxRetries: 5 });
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
