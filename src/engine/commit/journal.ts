import { z } from 'zod';
import { runLogEntrySchema } from '../../contract/generation';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { readJson, type JsonRead } from '../fs/read-json';
import { flushRun } from './flush';
import { isRunId, parseDayFile, type RunFolders } from '../events/paths';

/** The journal of a run that replaces 100,000 files has 7 MB. */
const maxBytes = 16 * 1024 ** 2;
/** Most files that a journal can replace. A run with more is undone if it is killed, which needs no journal. */
export const mostReplaced = 200_000;

/** In one step, which ends at the first fault: a schema of the elements would report each of a million. */
const replacedSchema = z.unknown().transform((value, context): string[] => {
  const given: readonly unknown[] = Array.isArray(value) && value.length <= mostReplaced ? value : [null];
  const files: string[] = [];
  for (const text of given) {
    const file = typeof text === 'string' ? parseDayFile(text) : null;
    if (file === null) {
      context.addIssue({ code: 'custom', message: 'These aren’t event files of days, or too many.' });
      return z.NEVER;
    }
    files.push(file);
  }
  return files;
});

/**
 * The journal says that all files of a run are written, and the work that remains: from then on the run is finished,
 * not undone.
 */
export const journalSchema = z.object({
  version: z.literal(1),
  /** Existing files that the run replaces, by path from the events folder. The new ones are the staged files. */
  replaced: replacedSchema,
  /** The entry for the run log; null for a change that isn't a run, such as compacting a day. */
  entry: runLogEntrySchema.refine(({ runId }) => isRunId(runId)).nullable(),
});

export type Journal = z.infer<typeof journalSchema>;

/** Writes it in one step: it exists completely or not at all, and all files of the run are on the disk before it. */
export async function writeJournal(files: WorkspaceFiles, folders: RunFolders, journal: Journal): Promise<void> {
  const draft = `${folders.journal}.new`;
  await files.create(draft, JSON.stringify(journal));
  await flushRun(files, folders);
  await files.move(draft, folders.journal);
}

/**
 * Missing if the run didn't get that far, refused if its journal can't be read. Either way the run is undone.
 * @param runId from the folder's name: the journal must be of the same run
 */
export async function readJournal(
  files: WorkspaceFiles,
  folders: RunFolders,
  runId: string,
): Promise<JsonRead<Journal>> {
  const read = await readJson(files, folders.journal, maxBytes, journalSchema);
  const isAnother = read.status === 'read' && read.value.entry !== null && read.value.entry.runId !== runId;
  return isAnother ? { status: 'refused', reason: 'damaged' } : read;
}
