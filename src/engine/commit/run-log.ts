import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runLogEntrySchema, type RunLogEntry } from '../../contract/generation';
import { parseJson } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { hasCode } from '../fs/errno';
import { decodeText } from '../fs/user-files/decode-text';
import { listDays } from '../events/event-tree';
import { mergeRuns, readPublishedRuns } from './published-runs';

/** The seed of a first run; later ones count up from it. */
const firstSeed = 42;

/**
 * Only the end of a longer log is read, about 5,000 runs. The log is read on every keystroke in the Generate panel, so
 * a 100 MB log from somebody else must not block that.
 */
export const readLogBytes = 4 * 1024 ** 2;
const maxLineLength = 64 * 1024;
/** Lines parsed per turn of the event loop, about 20 ms. */
const linesAtOnce = 200;

/** The last log that was read, since it is read often and rarely changes. */
let latest: { readonly file: string; readonly bytes: Buffer; readonly runs: readonly RunLogEntry[] } | null = null;

/**
 * Finished runs, newest first: those of the workspace's own log, and those that other machines have published into it.
 * @throws AppError LINK_NOT_ALLOWED
 */
export async function readRunLog(workspace: Workspace): Promise<RunLogEntry[]> {
  const [own, published] = await Promise.all([readOwnRuns(workspace), readPublishedRuns(workspace)]);
  return published.length === 0 ? own : mergeRuns(own, published);
}

/**
 * The runs of the workspace's own log, newest first. Lines that can't be read (such as a torn last one) are left out, and so is anything that
 * isn't a regular file, which recovery sets aside.
 * @throws AppError LINK_NOT_ALLOWED
 */
async function readOwnRuns(workspace: Workspace): Promise<RunLogEntry[]> {
  const file = workspace.runLog;
  const read = await readEnd(workspace);
  if (read.status !== 'read') return [];
  const { bytes, offset } = read;
  if (latest?.file !== file || !latest.bytes.equals(bytes)) {
    const lines = decodeText(bytes).split('\n');
    // The end of a long log starts in the middle of a line.
    const runs = await parseLines(offset > 0 ? lines.slice(1) : lines);
    latest = { file, bytes, runs: runs.toReversed() };
  }
  return [...latest.runs];
}

/** The runs of a log, newest first, whose data is present: none from before a run that replaced everything. */
export function presentRuns(log: readonly RunLogEntry[]): RunLogEntry[] {
  const succeeded = log.filter(({ status }) => status === 'succeeded');
  const lastReplace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  return lastReplace < 0 ? succeeded : succeeded.slice(0, lastReplace + 1);
}

/**
 * Adds a run, unless it is already there.
 * @throws AppError WORKSPACE_INVALID, LINK_NOT_ALLOWED if something else is in the log's place
 */
export async function appendRun(workspace: Workspace, entry: RunLogEntry): Promise<void> {
  if ((await readOwnRuns(workspace)).some(({ runId }) => runId === entry.runId)) return;
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(path.dirname(workspace.runLog));
  // A torn last line is ended first.
  await files.append(workspace.runLog, `${JSON.stringify(entry)}\n`, '\n');
}

/** A seed that no run in the present data has used: the same recipe with the same seed would only repeat its rows. */
export async function suggestSeed(workspace: Workspace): Promise<number> {
  const days = await listDays(new WorkspaceFiles(workspace), workspace.eventsFolder);
  if (!days || days.length === 0) return firstSeed;
  const used = new Set(presentRuns(await readRunLog(workspace)).map(({ request }) => request.recipe.seed));
  let seed = firstSeed;
  while (used.has(seed)) seed += 1;
  return seed;
}

/** If its folder is missing, so is the log. */
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
