import { AppError } from '../../contract/app-error';
import type { FilterChoices, FilteredMetric, MetricFilter } from '../../contract/metric-filter';
import type { ParquetFile, Partition } from '../../contract/partitions';
import type { Check, RefreshSummary } from '../../contract/refresh-summary';
import type {
  DatabaseFileState,
  Model,
  RefreshLogEntry,
  RefreshRequest,
  RefreshState,
  WarehouseSummary,
} from '../../contract/warehouse';
import type { ClusterAccess } from '../../contract/cluster';
import { WorkspaceCluster, type GetClusterAccess } from '../cluster/console/workspace-cluster';
import { engineFor } from '../cluster/engine/engine-for';
import { Console } from '../console/console';
import { OwnMetrics } from '../console/own-metrics';
import { Language } from '../console/language';
import { Observable } from '../observable';
import type { Workspace } from '../workspace';
import { countHours } from '../partitions/day-hours';
import { DayChanges } from '../partitions/day-changes';
import type { Database, DatabaseOptions } from '../database/database';
import { listEvents, type EventFile } from '../events/event-files';
import { filterChoices, filteredMetric } from '../inspection/filtered-metric';
import { staleDaysOf } from '../records/manifest';
import { openWarehouseDatabase } from './mend-views';
import { ModelInspection } from '../inspection/inspection';
import { SourceInspection } from '../inspection/sources';
import { loadAllModels } from '../models/models';
import { ParquetRowCounter } from '../events/parquet-rows';
import { readFooters } from '../events/parquet-footer';
import { filesByDay, partitionsOf, recordedDays, type DayFiles } from '../partitions/partitions';
import { recoverExports } from '../refresh/recover-exports';
import { RefreshJob, type JobOptions } from '../refresh/job';
import { eventFilesOf } from '../events/unread-entries';
import { WarehouseRecords } from '../records/records';
import { originOf } from '../records/refresh-log';
import { summaryOf } from './summary';

const defaultIdleReleaseMs = 5 * 60_000;

export interface WarehouseLimitOptions extends DatabaseOptions {
  /** Idle time after which the database file is released. */
  readonly idleReleaseMs?: number | undefined;
}

export interface WarehouseOptions extends WarehouseLimitOptions {
  /** Receives refresh progress; created here if the caller passes none. */
  readonly refreshState?: Observable<RefreshState>;
  /** Where queries of the console on the cluster get their access; without it they are refused. */
  readonly getClusterAccess?: GetClusterAccess | undefined;
}

/** A request to refresh; `cluster` is needed with `on: 'cluster'`. */
export interface RefreshCall extends JobOptions {
  readonly cluster?: ClusterAccess | undefined;
}

/** All operations on one workspace's warehouse; owns the database while it is open. */
export class Warehouse {
  readonly refreshState: Observable<RefreshState>;
  readonly console: Console;
  /** Queries of the console on the workspace's cluster. */
  readonly cluster: WorkspaceCluster;
  /** Words, tables and completions for the SQL editor. */
  readonly language: Language;
  /** The files of the user's own metrics. */
  readonly ownMetrics: OwnMetrics;
  readonly inspection: ModelInspection;
  /** Tables and files that SQL can read from. */
  readonly sources: SourceInspection;
  readonly #rowCounter: ParquetRowCounter;
  readonly #records: WarehouseRecords;
  #idleTimer: NodeJS.Timeout;
  readonly #dayChanges: DayChanges;
  #changingDays = 0;
  readonly #refreshJob: RefreshJob;

  private constructor(
    readonly workspace: Workspace,
    private readonly database: Database,
    private readonly modelsFolder: string,
    { idleReleaseMs = defaultIdleReleaseMs, refreshState, getClusterAccess }: WarehouseOptions,
  ) {
    this.refreshState = refreshState ?? new Observable<RefreshState>({ status: 'idle' });
    this.console = new Console(database);
    this.cluster = new WorkspaceCluster(this.console, getClusterAccess);
    this.language = new Language(database);
    this.ownMetrics = new OwnMetrics(workspace, modelsFolder, async (work) => {
      await database.attach({ create: false });
      return database.use(work);
    });
    this.#rowCounter = new ParquetRowCounter(workspace);
    this.#records = new WarehouseRecords(workspace, database, modelsFolder);
    this.inspection = new ModelInspection(workspace, database, modelsFolder, () => this.models());
    this.sources = new SourceInspection(workspace, database, () => this.models(), this.console);
    this.#dayChanges = new DayChanges(workspace, database);
    this.#refreshJob = new RefreshJob({
      workspace,
      database,
      modelsFolder,
      rowCounter: this.#rowCounter,
      state: this.refreshState,
      afterSuccess: () => this.#dayChanges.makeFinal(),
    });
    this.#idleTimer = this.#watchIdle(idleReleaseMs);
  }

  /** @param modelsFolder the folder with `bronze/*.sql`, `silver/*.sql`, `gold/*.sql` and `checks/*.sql` */
  static async open(workspace: Workspace, modelsFolder: string, options: WarehouseOptions = {}): Promise<Warehouse> {
    const database = await openWarehouseDatabase(workspace, modelsFolder, options);
    try {
      await recoverExports(workspace, database);
    } catch (error) {
      database.close();
      throw error;
    }
    return new Warehouse(workspace, database, modelsFolder, options);
  }

  /** @throws AppError WORKSPACE_INVALID if the workspace is gone */
  requireFolder(): Promise<void> {
    return this.database.requireFolder();
  }

  /** Changes the limits while it is open. */
  async limit({ idleReleaseMs = defaultIdleReleaseMs, ...limits }: WarehouseLimitOptions): Promise<void> {
    clearInterval(this.#idleTimer);
    this.#idleTimer = this.#watchIdle(idleReleaseMs);
    await this.database.limit(limits);
  }

  /** Stops all work and releases the database file. */
  async close(): Promise<void> {
    clearInterval(this.#idleTimer);
    this.#refreshJob.cancel();
    await this.console.closeAll();
    await this.cluster.close();
    await this.database.unused();
    this.database.close();
  }

  /** The days with their records, by date. Reads footers only of files with an unknown row count. */
  async partitions(): Promise<Partition[]> {
    const listing = await listEvents(this.workspace);
    const { files, lockedDays } = listing;
    const days = await this.#filesByDay(files);
    const { manifest, users, checks } = await this.#records.knownDays();
    const recorded = await this.#records.clusterDays();
    if (recorded !== null)
      return partitionsOf(recordedDays(recorded), { staleDays: [], lockedDays: [], leftOut: [], users, checks });
    const staleDays = staleDaysOf(manifest, listing);
    const leftOut = files.filter(({ path }) => manifest.get(path)?.left_out);
    return partitionsOf(days, { staleDays, lockedDays, leftOut, users, checks });
  }

  /** The footers of a day's Parquet files. */
  async filesOfDay(date: string): Promise<ParquetFile[]> {
    const files = await eventFilesOf(this.workspace, date);
    return this.database.use((connection) => readFooters(files, this.workspace, connection));
  }

  /** Events of a day by hour, 0 to 23; damaged files are left out. */
  async hoursOfDay(date: string): Promise<number[]> {
    const files = await eventFilesOf(this.workspace, date);
    return this.database.use(async (connection) => {
      const rows = await this.#rowCounter.count(files, connection);
      const readable = files.filter((file) => rows.get(file.path) !== null);
      return countHours(readable, this.workspace, connection);
    });
  }

  /**
   * Runs a change to the files of some days, one at a time. A refresh that starts meanwhile is refused with
   * WORKSPACE_BUSY.
   * @throws AppError WORKSPACE_BUSY while a refresh runs
   */
  async changeDays<T>(change: (days: DayChanges) => Promise<T>): Promise<T> {
    await this.requireFolder();
    if (this.#refreshJob.isRunning) throw busy('A refresh is reading the files.');
    this.#changingDays += 1;
    try {
      return await change(this.#dayChanges);
    } finally {
      this.#changingDays -= 1;
    }
  }

  /** Deletions of days that can be undone, newest first. */
  deletions() {
    return this.#dayChanges.deletions();
  }

  /** The SQL of a metric over filtered events. @throws AppError INVALID_OPTIONS */
  async filteredMetric(name: string, filter: MetricFilter): Promise<FilteredMetric> {
    const origin = await this.#records.origin();
    if (origin) return { applies: false, reason: `The events are on the cluster ${origin.server}.` };
    return filteredMetric(await loadAllModels(this.modelsFolder, this.workspace), this.workspace, name, filter);
  }

  /** The values that metrics can be filtered by; none before the first refresh, or if the events are on a cluster. */
  async filterChoices(): Promise<FilterChoices> {
    return this.database.hold(async () => {
      if (!(await this.database.attach({ create: false })) || !(await this.#hasEvents())) {
        return { eventNames: [], platforms: [] };
      }
      return this.database.use(filterChoices);
    });
  }

  /** Whether the database has the events of the last refresh. */
  async #hasEvents(): Promise<boolean> {
    const { history } = await this.#records.records();
    return history.length > 0 && originOf(history) === null;
  }

  summary(): Promise<WarehouseSummary> {
    const { workspace, database } = this;
    return summaryOf({ workspace, database, records: this.#records, filesByDay: (files) => this.#filesByDay(files) });
  }

  models(): Promise<Model[]> {
    return this.#records.models();
  }

  /** The checks with their results. */
  checks(): Promise<Check[]> {
    return this.#records.checks();
  }

  /** Rows of `refresh_log`, newest first. */
  async refreshHistory(): Promise<RefreshLogEntry[]> {
    return (await this.#records.records()).history;
  }

  /** The summary of one refresh; null if the log doesn't have it. */
  refreshSummary(refreshId: number): Promise<RefreshSummary | null> {
    return this.#records.summaryOf(refreshId);
  }

  /** The error after which DuckDB can't continue; null while it can. Then only a new process helps. */
  get failure(): Observable<AppError | null> {
    return this.database.failure;
  }

  /** Whether this process has the database file open. */
  get databaseFile(): Observable<DatabaseFileState> {
    return this.database.fileState;
  }

  /**
   * Releases the database file until the next query or refresh.
   * @throws AppError WORKSPACE_BUSY while a refresh runs
   */
  async releaseFile(): Promise<void> {
    if (this.#refreshJob.isRunning) throw busy('The file is in use until the refresh finishes.');
    if (this.database.isAttached) await this.#records.remember();
    await this.database.release('user');
  }

  /** Opens the database file, if it exists. @throws AppError DATABASE_LOCKED, DATABASE_DAMAGED */
  async openFile(): Promise<void> {
    await this.database.attach({ create: false });
  }

  /**
   * Refreshes the models, here or on a cluster; `refreshState` has the progress.
   * @param cluster the cluster of a request with `on: 'cluster'`, with the secret
   * @throws AppError WORKSPACE_BUSY while another refresh runs, and any error of {@link RefreshJob.run}
   */
  async refresh({ cluster, ...options }: RefreshCall = {}): Promise<RefreshLogEntry> {
    this.checkRefresh();
    return this.#refreshJob.run({ engine: engineFor(options.on, cluster), ...options });
  }

  /** @throws AppError WORKSPACE_BUSY if a refresh can't start now */
  checkRefresh(): void {
    if (this.#refreshJob.isRunning) throw busy('A refresh is already running.');
    if (this.#changingDays > 0) {
      throw new AppError('WORKSPACE_BUSY', 'The files of a day are being changed.', {
        action: 'Wait for that to finish, then refresh again.',
      });
    }
  }

  /** The request of the latest refresh. */
  get refreshRequest(): RefreshRequest {
    return this.#refreshJob.request;
  }

  /** Number of running statements of sessions. */
  get statements(): Observable<number> {
    return this.database.statements;
  }

  /** Asks the running refresh to stop; its promise rejects once everything is rolled back. */
  cancelRefresh(): void {
    this.#refreshJob.cancel();
  }

  #watchIdle(idleReleaseMs: number): NodeJS.Timeout {
    // If this fails (the warehouse is being closed), the file is released anyway, or next time.
    const release = () => void this.#releaseWhenIdle(idleReleaseMs).catch(() => undefined);
    return setInterval(release, idleReleaseMs / 4).unref();
  }

  async #releaseWhenIdle(idleReleaseMs: number): Promise<void> {
    if (this.#refreshJob.isRunning || !this.database.isAttached || this.database.idleMs < idleReleaseMs) return;
    await this.#records.remember();
    await this.database.release('idle');
  }

  async #filesByDay(files: readonly EventFile[]): Promise<DayFiles[]> {
    return this.database.use(async (connection) =>
      filesByDay(files, await this.#rowCounter.countAll(files, connection)),
    );
  }
}

function busy(message: string): AppError {
  return new AppError('WORKSPACE_BUSY', message, { action: 'Wait for it to finish, or cancel it.' });
}
