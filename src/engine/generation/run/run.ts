import { refuseQuestionMark } from '../../database/database-file';
import path from 'node:path';
import { cancelled, toAppError } from '../../../contract/app-error';
import type { GenerationProgress, GenerationRequest, RunLogEntry } from '../../../contract/generation';
import type { Chunk } from '../../../contract/rpc/generator-messages';
import { withFolderGone } from '../../fs/opened-folder';
import { WorkspaceFiles } from '../../fs/workspace-files';
import { systemError } from '../../fs/system-error';
import type { Workspace } from '../../workspace';
import { commitRun, discardRun } from '../../commit/commit';
import { checkRoom } from '../plan/estimate';
import { lockWorkspace } from '../../commit/lock';
import { PhaseClock } from './phase-clock';
import { planShard, rowsOf } from '../plan/plan';
import { reportProgress } from './progress';
import { notice, type TellNotice } from '../../commit/notice';
import { recoverStaging } from '../../commit/recovery';
import { newRunId, runFolders } from '../../events/paths';
import { appendRun } from '../../commit/run-log';
import type { WorkerHandle } from './worker-handle';
import { prepareRequest, WorkerPool } from './worker-pool';
import { sum } from '../../../contract/sum';

export interface RunOptions {
  readonly workspace: Workspace;
  readonly request: GenerationRequest;
  /** The folder with the generator's SQL. */
  readonly sqlFolder: string;
  /** Whether the user has agreed to a run that needs much of the disk. */
  readonly confirmed?: boolean;
  /** Whether the caller has just called `checkRoom` for this run; it isn't called again then. */
  readonly roomChecked?: boolean;
  /** The holder's name in messages to others that want the workspace, such as `the window`. */
  readonly program?: string;
  readonly spawnWorker: () => WorkerHandle;
  /** Called about ten times per second, and at each change of phase. */
  readonly onProgress: (progress: GenerationProgress) => void;
  /** Called with problems of the workspace that don't stop the run. */
  readonly onNotice?: TellNotice;
  /** Cancels the run until its files start to appear. */
  readonly signal: AbortSignal;
}

/**
 * Runs a request: all of its files appear in the workspace's events folder, or none. The run is logged, whichever way
 * it ends. File work is asynchronous and the data is left to the workers, so it may run in the main process.
 * @throws AppError WORKSPACE_BUSY, NEEDS_CONFIRMATION, CANCELLED, WORKER_CRASHED, DISK_FULL, WORKSPACE_READ_ONLY,
 * WORKSPACE_INVALID, LINK_NOT_ALLOWED
 */
export async function runGeneration(options: RunOptions): Promise<RunLogEntry> {
  const { workspace, program = path.basename(process.argv0), onNotice: tell = () => undefined } = options;
  // Its events could never be refreshed.
  refuseQuestionMark(workspace);
  const run = planRun(options);
  try {
    // Generator processes write nothing until told to. While they load, the workspace is locked and checked.
    run.pool.start();
    const lock = await lockWorkspace(workspace, program, (text) => tell(notice(text)));
    try {
      await recoverStaging(workspace, tell);
      if (!options.roomChecked) await checkRoom(workspace, options.request, options.confirmed ?? false);
      return await loggedRun(options, run);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const told = await withFolderGone(error, workspace.folder);
    throw systemError(told, workspace.folder) ?? toAppError(told);
  } finally {
    run.pool.stop();
  }
}

/** A run with its workers. */
interface PlannedRun {
  readonly runId: string;
  readonly startedAt: string;
  readonly clock: PhaseClock;
  readonly chunks: readonly Chunk[];
  readonly pool: WorkerPool;
}

function planRun({ workspace, request, signal, spawnWorker, sqlFolder }: RunOptions): PlannedRun {
  const runId = newRunId();
  const startedAt = new Date().toISOString();
  const clock = new PhaseClock('starting');
  const chunks = planShard(request.recipe, request.shard);
  const pool = new WorkerPool({
    chunks,
    workers: request.workers,
    spawnWorker,
    signal,
    onReady: () => clock.enter('writing'),
    preparation: prepareRequest(workspace, runId, request.recipe, sqlFolder),
  });
  return { runId, startedAt, clock, chunks, pool };
}

async function loggedRun(options: RunOptions, run: PlannedRun): Promise<RunLogEntry> {
  const { workspace, request } = options;
  const { runId, startedAt, clock } = run;
  try {
    return await writeAndCommit(options, run);
  } catch (thrown) {
    const reason = systemError(thrown, workspace.folder) ?? toAppError(thrown);
    const nothing = { rows: 0, files: 0, bytes: 0 };
    const status = reason.code === 'CANCELLED' ? 'cancelled' : 'failed';
    const finishedAt = new Date().toISOString();
    // On a full or read-only disk the log can't be written; the error itself matters more.
    const steps = clock.steps();
    const error = reason.toReport();
    const entry: RunLogEntry = { runId, startedAt, finishedAt, status, request, ...nothing, steps, error };
    await appendRun(workspace, entry).catch(() => undefined);
    throw reason;
  }
}

async function writeAndCommit(options: RunOptions, run: PlannedRun): Promise<RunLogEntry> {
  const { workspace, request, signal } = options;
  const { runId, startedAt, clock, chunks, pool } = run;
  const rows = sum(chunks.map(rowsOf));
  const progress = reportProgress(rows, pool.progress, clock, options.onProgress);
  try {
    const bytes = await stage(workspace, runId, pool, signal);
    const steps = clock.steps();
    progress.enter('committing');
    const finishedAt = new Date().toISOString();
    const files = sum(chunks.map(({ days }) => days.length));
    const counts = { rows, files, bytes };
    const entry: RunLogEntry = { runId, startedAt, finishedAt, status: 'succeeded', request, ...counts, steps };
    return await commitRun(workspace, entry);
  } finally {
    progress.stop();
  }
}

/** Has all files written to the staging folder and returns their bytes; leaves nothing there if that fails. */
async function stage(workspace: Workspace, runId: string, pool: WorkerPool, signal: AbortSignal): Promise<number> {
  try {
    await new WorkspaceFiles(workspace).makeFolder(runFolders(workspace, runId).events);
    const bytes = await pool.run();
    if (signal.aborted) throw cancelled('The run');
    return bytes;
  } catch (error) {
    await discardRun(workspace, runId);
    throw error;
  }
}
