import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { runLogEntrySchema, type RunLogEntry } from '../../contract/generation';
import { isRunId } from '../events/paths';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { readJson } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';

/*
 * Runs that other machines have published into a workspace, one file per run, `data/runs/<run id>.json`, with the text
 * of its line in the log. A file is written once, in one step, and never changes, so any number of machines may publish
 * at the same time without a lock.
 */

/** Bytes of one run, as of a line of the log. */
export const mostRunBytes = 64 * 1024;
/** Only the newest runs are read, as many as of the log. */
const mostRuns = 5_000;
/** Entries of the folder that are looked at. */
const mostEntries = 100_000;

/** Runs that were read, by path: the folder is looked at often, and its files never change. */
let known: ReadonlyMap<string, RunLogEntry> = new Map();

/** The file of a published run, from the folder that it is published to, with `/`. */
export function publishedRunFile(runId: string): string {
  return `data/runs/${runId}.json`;
}

/** The run id from the name of such a file; null for any other name. */
export function publishedRunId(name: string): string | null {
  const id = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
  return isRunId(id) ? id : null;
}

/**
 * The runs that were published into this workspace, newest first. Files that can't be read are left out, and so is
 * everything if the folder is none or is a link.
 */
export async function readPublishedRuns(workspace: Workspace): Promise<RunLogEntry[]> {
  const files = new WorkspaceFiles(workspace);
  const runs = new Map<string, RunLogEntry>();
  await forEachConcurrently(await presentIds(files, workspace), fileConcurrency, async (runId) => {
    const file = path.join(workspace.folder, publishedRunFile(runId));
    const run = known.get(file) ?? (await readPublishedRun(files, file, runId));
    if (run) runs.set(file, run);
  });
  known = runs;
  return [...runs.values()].toSorted(newestFirst);
}

/** One published run; null if its file is missing or isn't that of a run. */
export async function readPublishedRun(
  files: WorkspaceFiles,
  file: string,
  runId: string,
): Promise<RunLogEntry | null> {
  const read = await readJson(files, file, mostRunBytes, runLogEntrySchema);
  return read.status === 'read' && read.value.runId === runId ? read.value : null;
}

/** Both logs in one, newest first: each keeps its order, since clocks of machines differ and are set back. */
export function mergeRuns(one: readonly RunLogEntry[], other: readonly RunLogEntry[]): RunLogEntry[] {
  const ids = new Set(one.map(({ runId }) => runId));
  const left = [...one].toReversed();
  const right = other.filter(({ runId }) => !ids.has(runId)).toReversed();
  const merged: RunLogEntry[] = [];
  for (;;) {
    const [a, b] = [left.at(-1), right.at(-1)];
    const next = a && (!b || newestFirst(a, b) <= 0) ? left.pop() : right.pop();
    if (!next) return merged;
    merged.push(next);
  }
}

/** Ids of the published runs, oldest first. @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID */
export async function readPublishedRunIds(files: WorkspaceFiles, workspace: Workspace): Promise<string[]> {
  const listing = await files.list(workspace.runsFolder, mostEntries);
  const ids = (listing?.entries ?? []).flatMap(({ name, kind }) => {
    const id = kind === 'file' ? publishedRunId(name) : null;
    return id === null ? [] : [id];
  });
  // Ids begin with the time of the start.
  return ids.toSorted().slice(-mostRuns);
}

async function presentIds(files: WorkspaceFiles, workspace: Workspace): Promise<string[]> {
  return readPublishedRunIds(files, workspace).catch((error: unknown) => {
    if (error instanceof AppError) return [];
    throw error;
  });
}

function newestFirst(a: RunLogEntry, b: RunLogEntry): number {
  return Date.parse(b.finishedAt) - Date.parse(a.finishedAt);
}
