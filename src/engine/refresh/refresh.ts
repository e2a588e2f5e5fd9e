import { codeOf } from '../sql/sql-comments';
import { sum } from '../../contract/sum';
import { bronze, silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError, cancelled, toAppError } from '../../contract/app-error';
import type { RefreshLogEntry, RefreshStep } from '../../contract/warehouse';
import { withFolderGone } from '../fs/opened-folder';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { databaseError } from '../database/database-file';
import { damagedError } from '../events/damaged-files';
import { listEvents, type EventListing } from '../events/event-files';
import { factResults, recordFacts } from '../facts/record-facts';
import { removeExport, settleExports } from './exports';
import { bronzeOf } from '../models/models';
import { refuseLossyFiles } from './lossy-types';
import { findOddFiles } from './odd-files';
import { appendRefreshLog, nextRefreshId } from '../records/refresh-log';
import { gatherInput, type RefreshInput, type RefreshTask } from './input';
import type { RefreshOutcome } from './outcome';
import { noEvents, refusePartialListing, unreadNotices } from '../events/unread-entries';
import { RefreshRun } from './attempt';
import { crashedModels, UserModelFailure } from '../models/user-model-failure';
import { StepList } from './steps';

export interface RefreshOptions {
  readonly onSteps?: (steps: RefreshStep[]) => void;
  readonly signal?: AbortSignal | undefined;
  /**
   * Steps of the same refresh that crashed earlier processes, with how each process ended. User models among them are
   * left out.
   */
  readonly crashedSteps?: Readonly<Record<string, string>> | undefined;
  /** Notices to report with this refresh, besides its own. */
  readonly notices?: readonly string[];
}

/** The parts of a log entry that are known at the start. */
type EntryStart = Pick<RefreshLogEntry, 'refreshId' | 'startedAt' | 'files' | 'bytes'>;

/** Files and models that made earlier attempts of the same refresh fail. */
interface RetryState {
  readonly oddFiles: Set<string>;
  readonly failedModels: Map<string, AppError>;
}

/**
 * Brings the models up to date with the Parquet files, checks the data and exports gold, in one transaction: other
 * connections see the old state until it commits, or if it fails. Only changes are computed, with the same result as
 * rebuilding everything. Every refresh, failed ones too, becomes a row of `refresh_log`.
 * @throws AppError NO_EVENTS, PARQUET_DAMAGED, WORKER_CRASHED, DISK_FULL, CANCELLED and other errors of DuckDB
 */
export async function refresh(task: RefreshTask, options: RefreshOptions = {}): Promise<RefreshLogEntry> {
  const { connection, workspace } = task;
  const { signal } = options;
  let steps: RefreshStep[] = [];
  const onSteps = (now: RefreshStep[]) => {
    steps = now;
    options.onSteps?.(now);
  };
  const startedAt = new Date().toISOString();
  const refreshId = await nextRefreshId(connection);
  let start: EntryStart = { refreshId, startedAt, files: 0, bytes: 0 };
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const listing = await listEvents(workspace);
    const { files } = listing;
    start = { ...start, files: files.length, bytes: sum(files.map((file) => file.bytes)) };
    refusePartialListing(workspace, listing, task.request.skipDamaged);
    if (files.length === 0) throw noEvents(workspace, listing);
    const failedModels = crashedModels(options.crashedSteps ?? {}, task.modelSet.models);
    const retryState: RetryState = { oddFiles: new Set(), failedModels };
    for (;;) {
      const notices = [...(options.notices ?? []), ...unreadNotices(listing)];
      const entry = await attempt(task, { ...options, onSteps, notices }, listing, start, retryState);
      if (entry) return entry;
    }
  } catch (error) {
    const told = await withFolderGone(databaseError(error, workspace), workspace.folder);
    const reason = signal?.aborted ? cancelled('The refresh') : toAppError(told);
    await logFailure(task, start, reason, steps);
    throw reason;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** One transaction. Returns null if it failed for a reason that the next attempt can leave out. */
async function attempt(
  task: RefreshTask,
  options: RefreshOptions,
  listing: EventListing,
  start: EntryStart,
  retryState: RetryState,
): Promise<RefreshLogEntry | null> {
  const { connection, workspace } = task;
  const input = await gatherInput(task, listing, retryState.oddFiles);
  for (const [name, problem] of input.stillBroken) retryState.failedModels.set(name, problem);
  if (input.files.length === 0) throw await damagedError([...input.leftOut], workspace);
  const names = task.modelSet.models.map(({ name }) => name);
  const unchanged = nothingToDo(task, input);
  const steps = new StepList(unchanged ? [] : [...names, 'checks', 'exports'], options.onSteps);
  try {
    if (!unchanged) await refuseLossyFiles(input, task);
    await connection.run('BEGIN');
    const outcome = unchanged
      ? { ...sameAsBefore(task, input), facts: await recordFacts(task, start.refreshId, false) }
      : await new RefreshRun(task, input, start.refreshId, steps, retryState.failedModels, options.signal).build();
    if (options.signal?.aborted) throw cancelled('The refresh');
    const entry = entryOf(start, outcome, options.notices ?? [], steps.all);
    await appendRefreshLog(connection, entry, unchanged ? null : outcome.waterfall);
    await connection.run('COMMIT');
    const withoutFacts = outcome.facts?.length === 0 && input.exported.has(factResults) ? [factResults] : [];
    await publish([...removedExports(input), ...withoutFacts], start.refreshId, workspace);
    return entry;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    const others = (ids: readonly number[]) => new Set(ids.filter((id) => id !== start.refreshId));
    await settleExports(workspace, others).catch(() => undefined);
    if (options.signal?.aborted || !(await diagnose(error, task, input, retryState))) throw error;
    return null;
  }
}

/**
 * Finds the cause of a failure; returns whether another attempt may succeed.
 * @throws AppError PARQUET_DAMAGED if a file is the cause
 */
async function diagnose(
  error: unknown,
  task: RefreshTask,
  input: RefreshInput,
  retryState: RetryState,
): Promise<boolean> {
  if (error instanceof UserModelFailure) {
    retryState.failedModels.set(error.model, error.problem);
    return true;
  }
  if (error instanceof AppError) return false;
  const trouble = systemError(error, task.workspace.folder);
  // A file without read permission can be left out; a database without write permission isn't a file's fault.
  if (trouble && trouble.code !== 'WORKSPACE_READ_ONLY') return false;
  // After a fatal error every file would look unreadable.
  if (!(await isAlive(task.connection))) return false;
  const odd = await findOddFiles(error, task, input);
  const unknown = odd.files.filter((file) => !retryState.oddFiles.has(file));
  if (unknown.length === 0) return false;
  if (!task.request.skipDamaged) throw await odd.describe();
  for (const file of unknown) retryState.oddFiles.add(file);
  return true;
}

async function isAlive(connection: DuckDBConnection): Promise<boolean> {
  return connection.run('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** Whether the warehouse already matches the files, the models and the checks. */
function nothingToDo({ modelSet }: RefreshTask, input: RefreshInput): boolean {
  const gold = modelSet.models.filter(({ layer }) => layer === 'gold');
  const failing = [...modelSet.broken.map(({ name, problem }) => [name, problem] as const), ...input.stillBroken];
  const problems = failing.filter(([name, { message }]) => input.built.get(name)?.problem?.message !== message);
  return (
    !input.full &&
    input.changedDays.length === 0 &&
    input.forced.size === 0 &&
    input.newChecks.size === 0 &&
    input.removedModels.length === 0 &&
    codeOf(input.built.get(bronzeOf(modelSet).name)?.definition ?? '') === codeOf(input.bronze) &&
    problems.length === 0 &&
    gold.every(
      ({ name, dependsOn }) => input.stillBroken.has(name) || (input.exported.has(name) && dependsOn.length > 0),
    )
  );
}

function sameAsBefore(task: RefreshTask, input: RefreshInput): RefreshOutcome {
  const rowsOf = (name: string) => input.built.get(name)?.rows ?? 0;
  const gold = task.modelSet.models.filter(({ layer }) => layer === 'gold').map(({ name }) => name);
  return {
    mode: 'unchanged',
    modelRows: Object.fromEntries([...input.built.values()].map(({ name, rows }) => [name, rows])),
    daysChanged: 0,
    layerRows: { bronze: rowsOf(bronze), silver: rowsOf(silver), gold: sum(gold.map(rowsOf)) },
    filesRead: 0,
    bytesRead: 0,
    exports: [],
    notices: [...input.built.values()].flatMap(({ problem }) => problem?.message ?? []),
    leftOutFiles: [...input.leftOut],
    checksPassed: input.checksPassed,
    checksFailed: input.checksFailed,
    waterfall: [],
  };
}

function entryOf(
  start: EntryStart,
  outcome: RefreshOutcome,
  notices: readonly string[],
  steps: RefreshStep[],
): RefreshLogEntry {
  const { waterfall: _, ...figures } = outcome;
  return {
    ...start,
    ...figures,
    steps,
    finishedAt: new Date().toISOString(),
    status: 'succeeded',
    notices: [...notices, ...(outcome.notices ?? [])],
  };
}

function removedExports({ removedModels, exported }: RefreshInput): string[] {
  return removedModels.filter((name) => exported.has(name));
}

/** After the commit nothing may fail the refresh: exports that can't be published now are published by the next one. */
async function publish(gone: readonly string[], refreshId: number, workspace: Workspace): Promise<void> {
  await settleExports(workspace, () => new Set([refreshId])).catch(() => undefined);
  for (const name of gone) await removeExport(name, workspace).catch(() => undefined);
}

/** Logs a refresh that failed or was cancelled. @param cluster where it was computed, if not here */
export async function logFailure(
  { connection }: Pick<RefreshTask, 'connection'>,
  start: EntryStart,
  reason: AppError,
  steps: RefreshStep[],
  cluster?: RefreshLogEntry['cluster'],
): Promise<void> {
  // The failure matters more to the user than a log that can't be written for the same reason.
  await appendRefreshLog(
    connection,
    {
      ...start,
      finishedAt: new Date().toISOString(),
      status: reason.code === 'CANCELLED' ? 'cancelled' : 'failed',
      modelRows: null,
      exports: [],
      error: reason.toReport(),
      steps,
      ...(cluster && { cluster }),
    },
    null,
  ).catch(() => undefined);
}
