import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { runLogEntrySchema } from '../../contract/generation';
import { hasCode } from '../error-code';
import { flushRun } from './flush';
import type { RunFolders } from './run-files';

/** Says that all files of a run are written, and what is left to do: from then on it is finished, not undone. */
export const journalSchema = z.object({
  version: z.literal(1),
  /** Old files that the run replaces, by path from the events folder. The new ones are those that are staged. */
  replaced: z.array(z.string()),
  /** What the run log gets; null for a change that is no run, such as compacting a day. */
  entry: runLogEntrySchema.nullable(),
});

export type Journal = z.infer<typeof journalSchema>;

/**
 * Writes it in one step: it is there as a whole or not at all, and then all files of the run are on the disk, too.
 */
export async function writeJournal(folders: RunFolders, journal: Journal): Promise<void> {
  const draft = `${folders.journal}.new`;
  await writeFile(draft, JSON.stringify(journal));
  await flushRun(folders);
  await rename(draft, folders.journal);
}

/** Null where the run never got as far, or its journal can't be read: then it is undone. */
export async function readJournal(folders: RunFolders): Promise<Journal | null> {
  try {
    return journalSchema.parse(JSON.parse(await readFile(folders.journal, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
