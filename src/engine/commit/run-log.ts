import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runLogEntrySchema, type RunLogEntry } from '../../contract/generation';
import { parseJson } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { hasCode } from '../fs/errno';
import { decodeText } from '../fs/decode-text';
import { listDays } from '../events/event-tree';

/** The seed of a first run; later ones count up from it. */
const firstSeed = 42;

/**
 * Of a longer log only the end is read, which holds some 5,000 runs. A log is read whenever somebody types into the
 * Generate panel, and 100 MB from somebody else must not stop that.
 */
export const readLogBytes = 4 * 1024 ** 2;
const maxLineLength = 64 * 1024;
/** Lines that are read in one turn of the event loop: some 20 ms. */
const linesAtOnce = 200;

/** The last log that was read: it is asked for often, and hardly ever changes. */
let latest: { readonly file: string; readonly bytes: Buffer; readonly runs: readonly RunLogEntry[] } | null = null;

/**
 * Runs that ended, newest first. Lines that can't be read (a torn last one) are left out, and so is what is no regular
 * file: recovery sets that aside.
 * @throws AppError LINK_NOT_ALLOWED
 */
export async function readRunLog(workspace: Workspace): Promise<RunLogEntry[]> {
  const file = workspace.runLog;
  const read = await readEnd(workspace);
  if (read.status !== 'read') return [];
  const { bytes, offset } = read;
  if (latest?.file !== file || !latest.bytes.equals(bytes)) {
    const lines = decodeText(bytes).split('\n');
    // Where only the end was read, it begins in the middle of a line.
    const runs = await parseLines(offset > 0 ? lines.slice(1) : lines);
    latest = { file, bytes, runs: runs.toReversed() };
  }
  return [...latest.runs];
}

/** Of the runs of a log, newest first, those whose data is there: none from before a run that replaced everything. */
export function presentRuns(log: readonly RunLogEntry[]): RunLogEntry[] {
  const succeeded = log.filter(({ status }) => status === 'succeeded');
  const lastReplace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  return lastReplace < 0 ? succeeded : succeeded.slice(0, lastReplace + 1);
}

/**
 * Adds a run; one that is there already is not added again.
 * @throws AppError WORKSPACE_INVALID, LINK_NOT_ALLOWED where something else is in the log's place
 */
export async function appendRun(workspace: Workspace, entry: RunLogEntry): Promise<void> {
  if ((await readRunLog(workspace)).some(({ runId }) => runId === entry.runId)) return;
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(path.dirname(workspace.runLog));
  // After a torn line the new one begins on a line of its own.
  await files.append(workspace.runLog, `${JSON.stringify(entry)}\n`, '\n');
}

/**
 * A seed that no run in the present data has used: the same recipe with the same seed would only repeat its rows.
 */
export async function suggestSeed(workspace: Workspace): Promise<number> {
  const days = await listDays(new WorkspaceFiles(workspace), workspace.eventsFolder);
  if (!days || days.length === 0) return firstSeed;
  const used = new Set(presentRuns(await readRunLog(workspace)).map(({ request }) => request.recipe.seed));
  let seed = firstSeed;
  while (used.has(seed)) seed += 1;
  return seed;
}

/** A missing folder above is a missing log. */
async function readEnd(workspace: Workspace) {
  return new WorkspaceFiles(workspace).readOwnEnd(workspace.runLog, readLogBytes).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return { status: 'missing' } as const;
    throw error;
  });
}

async function parseLines(lines: readonly string[]): Promise<RunLogEntry[]> {
  const runs: RunLogEntry[] = [];
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === linesAtOnce - 1) await nextTurn();
    const { data } = line.length > maxLineLength ? {} : runLogEntrySchema.safeParse(parseJson(line));
    if (data) runs.push(data);
  }
  return runs;
}
