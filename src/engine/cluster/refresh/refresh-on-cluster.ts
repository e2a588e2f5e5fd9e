import { AppError } from '../../../contract/app-error';
import { linkedAbort } from '../../linked-abort';
import type { CheckFile } from '../../models/check-file';
import type { ModelSet } from '../../models/models';
import type { RefreshRequest, RefreshStep } from '../../../contract/warehouse';
import { StepList } from '../../refresh/steps';
import type { ClusterSession } from '../session';
import { ClusterRun, nothingToDo, progressOf } from './cluster-run';
import { filesBefore, listFiles, syncPartitions, type LeftOutFile } from './files';
import { compare, programOf } from './input';
import { ClusterLock, defaultLockTimes, type LockTimes } from './lock';
import { refuseMissingColumns } from './missing-columns';
import { asSetUpMissing } from './not-set-up';
import { oddFilesError, oddFilesOf } from './odd-files';
import { withFileOfOtherType } from './other-types';
import { dropRemoved, publishViews, takeBack } from './publish';
import { stillDamaged } from './still-damaged';
import { commitRefresh, readLastRefresh, type ClusterRefreshRecord } from './state';

/** What is refreshed on the cluster, and how. */
export interface ClusterTask {
  readonly modelSet: ModelSet;
  readonly checks: readonly CheckFile[];
  readonly request: RefreshRequest;
  /** Steps after those on the cluster. */
  readonly laterSteps: readonly string[];
  readonly lockTimes?: LockTimes;
}

export interface ClusterTaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onSteps?: ((steps: RefreshStep[]) => void) | undefined;
}

/** The state of the cluster after a refresh. */
export interface ClusterResult {
  readonly record: ClusterRefreshRecord;
  /** Whether there was nothing to compute. */
  readonly unchanged: boolean;
  readonly steps: StepList;
  readonly notices: readonly string[];
}

/**
 * Brings the tables on the cluster up to date. What it writes becomes valid by one row of the log, at the end; whatever
 * ends it before leaves the state of the last refresh, and the next one starts from there.
 * @throws AppError CLUSTER_BUSY, CLUSTER_NOT_SET_UP, PARQUET_DAMAGED, NO_EVENTS, CANCELLED and others of the client
 */
export async function refreshOnCluster(
  session: ClusterSession,
  task: ClusterTask,
  options: ClusterTaskOptions,
): Promise<ClusterResult> {
  const { controller, unlink } = linkedAbort(options.signal);
  const notices: string[] = [];
  let steps: StepList | null = null;
  const watched = session.with({
    signal: controller.signal,
    onProgress: (progress) => {
      const running = steps?.all.find(({ status }) => status === 'running');
      if (steps && running) progressOf(steps, running.name)(progress);
    },
    onRetry: ({ message }) => notices.push(`A part of the refresh was done twice, since a node was lost: ${message}`),
  });
  let lost = false;
  const onLost = () => {
    lost = true;
    controller.abort();
  };
  const times = task.lockTimes ?? defaultLockTimes;
  const lock = await ClusterLock.take(session, times, onLost, controller.signal).catch((error: unknown) => {
    unlink();
    throw asSetUpMissing(error);
  });
  try {
    const names = task.modelSet.models.map(({ name }) => name);
    const begin = (changed: boolean) =>
      (steps = new StepList(
        changed ? [...names, 'checks', ...task.laterSteps] : [...task.laterSteps],
        options.onSteps,
      ));
    const { record, unchanged, list } = await attempts(watched, task, lock, begin);
    await lock.release();
    return { record, unchanged, notices, steps: list };
  } catch (error) {
    // In the background: whoever cancels doesn't wait for a cluster that may not answer.
    void lock.release();
    if (lost) throw takenOver();
    throw asSetUpMissing(error);
  } finally {
    unlink();
  }
}

interface Attempt {
  readonly record: ClusterRefreshRecord;
  readonly unchanged: boolean;
  readonly list: StepList;
}

/** Tries again without a damaged file, if the user wants that. */
async function attempts(
  session: ClusterSession,
  task: ClusterTask,
  lock: ClusterLock,
  begin: (changed: boolean) => StepList,
): Promise<Attempt> {
  const last = await readLastRefresh(session);
  await syncPartitions(session);
  let leftOut: LeftOutFile[] = await stillDamaged(session, last?.state.leftOut ?? []);
  for (;;) {
    try {
      return await attempt(session, task, last, lock, leftOut, begin);
    } catch (error) {
      const odd = oddFilesOf(error).filter((file) => leftOut.every(({ path }) => path !== file.path));
      if (odd.length === 0 || !(error instanceof Error)) throw error;
      if (!task.request.skipDamaged) throw oddFilesError(odd, error);
      leftOut = [...leftOut, ...odd].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    }
  }
}

async function attempt(
  session: ClusterSession,
  task: ClusterTask,
  last: ClusterRefreshRecord | null,
  lock: ClusterLock,
  leftOut: readonly LeftOutFile[],
  begin: (changed: boolean) => StepList,
): Promise<Attempt> {
  const startedAt = new Date().toISOString();
  const missing = last ? await takeBack(session, last.state) : new Set<string>();
  if (last) await publishViews(session, last.state, 'rows');
  const program = programOf(task.modelSet, task.checks);
  const before = missing.has('refresh_manifest')
    ? []
    : await filesBefore(session, last?.state.snapshots.refresh_manifest);
  const { files, queryId } = await listFiles(session, leftOut);
  if (files.length === 0) throw noEvents(session, leftOut);
  const input = compare(program, last, { files, before, leftOut, missing }, task.request.mode);
  if (last && nothingToDo(input, task.request)) {
    await takeBack(session, last.state);
    return { record: last, unchanged: true, list: begin(false) };
  }
  const refreshId = (last?.refreshId ?? 0) + 1;
  const steps = begin(true);
  const record = await refuseMissingColumns(session, input)
    .then(() =>
      new ClusterRun({ session, program, input, last, refreshId, startedAt, steps, listedBy: queryId }).build(),
    )
    .catch(async (error: unknown) => {
      throw await withFileOfOtherType(error, session, files);
    });
  await commitRefresh(session, record, lock);
  await publishViews(session, record.state, 'all');
  await dropRemoved(session, input.removed);
  return { record, unchanged: false, list: steps };
}

function noEvents(session: ClusterSession, leftOut: readonly LeftOutFile[]): AppError {
  const others = leftOut.length > 0 ? ' that can be read' : '';
  return new AppError('NO_EVENTS', `There are no event files${others} at ${session.settings.location}.`, {
    action: 'Publish a run there, or correct the location of the events and set the cluster up again.',
  });
}

function takenOver(): AppError {
  return new AppError('CLUSTER_BUSY', 'Another refresh on the cluster has taken over, so this one was given up.', {
    action: 'Refresh again when it has ended. Nothing was changed.',
  });
}
