import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cancelled, toAppError } from '../../contract/app-error';
import type { GenerationProgress, GenerationRequest, RunLogEntry } from '../../contract/generation';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';
import { commitRun, discardRun, recoverStaging } from './commit';
import { lockWorkspace } from './lock';
import { planChunks } from './plan';
import { reportProgress } from './progress';
import { newRunId, runFolders } from './run-files';
import { appendRun } from './run-log';
import type { GeneratorWorkerHandle } from './worker-handle';
import { WorkerPool } from './worker-pool';

export interface RunOptions {
  readonly workspace: Workspace;
  readonly request: GenerationRequest;
  /** The folder with `lookups.sql`, `blocks.sql` and the profiles. */
  readonly sqlFolder: string;
  /** What others are told who hold the workspace meanwhile, e.g. `the window`. */
  readonly program?: string;
  readonly spawnWorker: () => GeneratorWorkerHandle;
  /** Called about ten times a second, and at each change of phase. */
  readonly onProgress: (progress: GenerationProgress) => void;
  /** Stops the run, up to the moment when its files begin to appear. */
  readonly signal: AbortSignal;
}

/**
 * Carries out a recipe: all of its files appear in the workspace's events folder, or none. The run is logged, whichever
 * way it ends. Does its file work asynchronously and leaves the data to its workers: may run in a window's main process.
 * @throws AppError WORKSPACE_BUSY, CANCELLED, WORKER_CRASHED, DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID
 */
export async function runGeneration(options: RunOptions): Promise<RunLogEntry> {
  const { workspace, program = path.basename(process.argv0) } = options;
  try {
    const lock = await lockWorkspace(workspace, program);
    try {
      await recoverStaging(workspace);
      return await loggedRun(options);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw systemError(error, workspace.folder) ?? toAppError(error);
  }
}

async function loggedRun(options: RunOptions): Promise<RunLogEntry> {
  const { workspace, request } = options;
  const runId = newRunId();
  const startedAt = new Date().toISOString();
  try {
    return await writeAndCommit(options, runId, startedAt);
  } catch (error) {
    const reason = systemError(error, workspace.folder) ?? toAppError(error);
    const nothing = { rows: 0, files: 0, bytes: 0 };
    const status = reason.code === 'CANCELLED' ? 'cancelled' : 'failed';
    const finishedAt = new Date().toISOString();
    // On a full or read-only disk there is no log to write to; the error itself matters more.
    const entry: RunLogEntry = { runId, startedAt, finishedAt, status, request, ...nothing, error: reason.toReport() };
    await appendRun(workspace, entry).catch(() => undefined);
    throw reason;
  }
}

async function writeAndCommit(options: RunOptions, runId: string, startedAt: string): Promise<RunLogEntry> {
  const { workspace, request, signal } = options;
  const chunks = planChunks(request.recipe);
  const pool = new WorkerPool({
    chunks,
    workers: request.workers,
    spawnWorker: options.spawnWorker,
    signal,
    prepare: { type: 'prepare', runId, recipe: request.recipe, folder: workspace.folder, sqlFolder: options.sqlFolder },
  });
  const progress = reportProgress(request.recipe.rows, pool.progress, options.onProgress);
  try {
    const bytes = await stage(workspace, runId, pool, signal);
    progress.enter('committing');
    const finishedAt = new Date().toISOString();
    const files = chunks.reduce((sum, { days }) => sum + days.length, 0);
    const counts = { rows: request.recipe.rows, files, bytes };
    const entry: RunLogEntry = { runId, startedAt, finishedAt, status: 'succeeded', request, ...counts };
    await commitRun(workspace, entry);
    return entry;
  } finally {
    progress.stop();
  }
}

/** Has all files written to the staging folder and returns their bytes; leaves nothing there when that fails. */
async function stage(workspace: Workspace, runId: string, pool: WorkerPool, signal: AbortSignal): Promise<number> {
  try {
    await mkdir(runFolders(workspace, runId).events, { recursive: true });
    const bytes = await pool.run();
    if (signal.aborted) throw cancelled('The run');
    return bytes;
  } catch (error) {
    await discardRun(workspace, runId);
    throw error;
  }
}
