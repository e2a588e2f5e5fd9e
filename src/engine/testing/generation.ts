import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  generationRequestSchema,
  type GenerationRequest,
  type RunLogEntry,
  type Shard,
  type WriteMode,
} from '../../contract/generation';
import type { Recipe } from '../../contract/recipe';
import type { Workspace } from '../workspace';
import { serveGenerator } from '../generation/worker/generator-worker';
import { runGeneration, type RunOptions } from '../generation/run/run';
import type { WorkerHandle, WorkerExit } from '../generation/run/worker-handle';

/** The SQL that ships with the app. */
export const sqlFolder = path.resolve('resources/generation');

/** A generator in this process, with the same messages. It ends when its current chunk is written. */
export function inProcessWorker(onRequest?: (type: string, crash: () => void) => void): WorkerHandle {
  const toWorker: ((message: unknown) => void)[] = [];
  const toCoordinator: ((message: unknown) => void)[] = [];
  const onExit: ((exit: WorkerExit) => void)[] = [];
  let pending = 0;
  let ended: WorkerExit | null = null;
  const end = (exit: WorkerExit) => {
    ended ??= exit;
    if (pending === 0) for (const listener of onExit.splice(0)) listener(ended);
  };
  serveGenerator({
    post: (reply) => {
      pending -= 1;
      if (ended) end(ended);
      else for (const listener of toCoordinator) listener(structuredClone(reply));
    },
    onMessage: (listener) => toWorker.push(listener),
  });
  return {
    post: (request) => {
      onRequest?.(request.type, () => end({ reason: 'exit code 134', stderrTail: 'terminate called' }));
      if (ended) return;
      pending += 1;
      for (const listener of toWorker) listener(structuredClone(request));
    },
    onMessage: (listener) => toCoordinator.push(listener),
    onExit: (listener) => onExit.push(listener),
    kill: () => end({ reason: 'signal SIGKILL', stderrTail: '' }),
  };
}

export interface TestRun extends Partial<Recipe> {
  readonly mode?: WriteMode;
  readonly workers?: number;
  readonly shard?: Shard;
}

/** Fifty days by default: more than one chunk, but fast. */
export function requestOf({ mode = 'append', workers = 1, shard, ...recipe }: TestRun = {}): GenerationRequest {
  const small = { rows: 5_000, start: '2024-01-01', end: '2024-02-19' };
  return generationRequestSchema.parse({ recipe: { ...small, ...recipe }, mode, workers, shard });
}

/** A successful run as the log stores it. */
export function logEntryOf(runId: string, run?: TestRun): RunLogEntry {
  return {
    runId,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:01.000Z',
    status: 'succeeded',
    request: requestOf(run),
    rows: 2,
    files: 2,
    bytes: 6,
  };
}

/** Generates with workers in this process. */
export function generate(workspace: Workspace, run?: TestRun, options: Partial<RunOptions> = {}) {
  return generateRequest(workspace, requestOf(run), options);
}

export function generateRequest(workspace: Workspace, request: GenerationRequest, options: Partial<RunOptions> = {}) {
  return runGeneration({
    workspace,
    request,
    sqlFolder,
    spawnWorker: () => inProcessWorker(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...options,
  });
}

/** All files below a folder, by path from there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted();
}

/** A checksum of each day's files, by the name of the day's folder. */
export async function checksums(workspace: Workspace): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const file of await filesBelow(workspace.eventsFolder)) {
    const hash = createHash('sha256').update(await readFile(path.join(workspace.eventsFolder, file)));
    const day = path.dirname(file);
    sums[day] = (sums[day] ?? '') + hash.digest('hex');
  }
  return sums;
}
