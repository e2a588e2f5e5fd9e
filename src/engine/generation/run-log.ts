import { open, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { runLogEntrySchema, type RunLogEntry } from '../../contract/generation';
import type { Workspace } from '../workspace';
import { hasCode } from '../error-code';
import { decodeText } from '../fs/decode-text';
import { WorkspaceFiles } from '../fs/workspace-files';

/** The seed of a first run; later ones count up from it. */
const firstSeed = 42;

/** Runs that ended, newest first. Lines that can't be read (a torn last one) are left out. */
export async function readRunLog(workspace: Workspace): Promise<RunLogEntry[]> {
  const bytes = await readFile(workspace.runLog).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return Buffer.of();
    throw error;
  });
  const runs = decodeText(bytes)
    .split('\n')
    .flatMap((line) => {
      const entry = parseLine(line);
      return entry ? [entry] : [];
    });
  return runs.toReversed();
}

/** Of the runs of a log, newest first, those whose data is there: none from before a run that replaced everything. */
export function presentRuns(log: readonly RunLogEntry[]): RunLogEntry[] {
  const succeeded = log.filter(({ status }) => status === 'succeeded');
  const lastReplace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  return lastReplace < 0 ? succeeded : succeeded.slice(0, lastReplace + 1);
}

/** Adds a run; one that is there already is not added again. */
export async function appendRun(workspace: Workspace, entry: RunLogEntry): Promise<void> {
  if ((await readRunLog(workspace)).some(({ runId }) => runId === entry.runId)) return;
  await new WorkspaceFiles(workspace).makeFolder(path.dirname(workspace.runLog));
  const file = await open(workspace.runLog, 'a+');
  try {
    const { size } = await file.stat();
    const last = size > 0 ? (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : '\n';
    // After a torn line the new one begins on a line of its own.
    await file.appendFile(`${last === '\n' ? '' : '\n'}${JSON.stringify(entry)}\n`);
  } finally {
    await file.close();
  }
}

/**
 * A seed that no run in the present data has used: the same recipe with the same seed would only repeat its rows.
 */
export async function suggestSeed(workspace: Workspace): Promise<number> {
  const days = await readdir(workspace.eventsFolder).catch(() => []);
  if (days.length === 0) return firstSeed;
  const used = new Set(presentRuns(await readRunLog(workspace)).map(({ request }) => request.recipe.seed));
  let seed = firstSeed;
  while (used.has(seed)) seed += 1;
  return seed;
}

function parseLine(line: string): RunLogEntry | null {
  try {
    return runLogEntrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
