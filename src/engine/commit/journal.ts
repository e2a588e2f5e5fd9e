import { z } from 'zod';
import { runLogEntrySchema } from '../../contract/generation';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { readJson, type JsonRead } from '../fs/read-json';
import { flushRun } from './flush';
import { isRunId, parseDayFile, type RunFolders } from '../events/paths';

/** A run that replaces 100,000 files has one of 7 MB. */
const maxBytes = 64 * 1024 ** 2;

const dayFileSchema = z.string().transform((text, context) => {
  const file = parseDayFile(text);
  if (file === null) context.addIssue({ code: 'custom', message: "This isn't an event file of a day." });
  return file ?? z.NEVER;
});

/** Says that all files of a run are written, and what is left to do: from then on it is finished, not undone. */
export const journalSchema = z.object({
  version: z.literal(1),
  /** Old files that the run replaces, by path from the events folder. The new ones are those that are staged. */
  replaced: z.array(dayFileSchema),
  /** What the run log gets; null for a change that is no run, such as compacting a day. */
  entry: runLogEntrySchema.refine(({ runId }) => isRunId(runId)).nullable(),
});

export type Journal = z.infer<typeof journalSchema>;

/**
 * Writes it in one step: it is there as a whole or not at all, and then all files of the run are on the disk, too.
 */
export async function writeJournal(files: WorkspaceFiles, folders: RunFolders, journal: Journal): Promise<void> {
  const draft = `${folders.journal}.new`;
  await files.create(draft, JSON.stringify(journal));
  await flushRun(files, folders);
  await files.move(draft, folders.journal);
}

/**
 * Nothing where the run never got as far; refused where its journal can't be read. Either way the run is undone.
 * @param runId of the folder's name: the journal must be of the same run
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
