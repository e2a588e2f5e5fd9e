import { AppError } from '../../contract/app-error';
import type { FilterChoices, FilteredMetric, MetricFilter } from '../../contract/metric-filter';
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
import type { Database, DatabaseOptions } from '../database/database';
import { filterChoices, filteredMetric } from '../inspection/filtered-metric';
import { Days } from './days';
import { openWarehouseDatabase } from './mend-views';
import { ModelInspection } from '../inspection/inspection';
import { SourceInspection } from '../inspection/sources';
import { loadAllModels } from '../models/models';
import { ParquetRowCounter } from '../events/parquet-rows';
import { recoverExports } from '../refresh/recover-exports';
import { RefreshJob, type JobOptions } from '../refresh/job';
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
  /** The days of the event files. */
  readonly days: Days;
  readonly inspection: ModelInspection;
  /** Tables and files that SQL can read from. */
  readonly sources: SourceInspection;
  readonly #records: WarehouseRecords;
  #idleTimer: NodeJS.Timeout;
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
    const rowCounter = new ParquetRowCounter(workspace);
    this.#records = new WarehouseRecords(workspace, database, modelsFolder);
    this.inspection = new ModelInspection(workspace, database, modelsFolder, () => this.models());
    this.sources = new SourceInspection(workspace, database, () => this.models(), this.console);
    this.days = new Days({
      workspace,
      database,
      records: this.#records,
      rowCounter,
      isRefreshing: () => this.#refreshJob.isRunning,
    });
    this.#refreshJob = new RefreshJob({
      workspace,
      database,
      modelsFolder,
      rowCounter,
      state: this.refreshState,
      afterSuccess: () => this.days.makeFinal(),
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
    return summaryOf({
      workspace,
      database,
      records: this.#records,
      filesByDay: (files) => this.days.filesByDay(files),
    });
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
    if (this.days.areChanging) {
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
}

function busy(message: string): AppError {
  return new AppError('WORKSPACE_BUSY', message, { action: 'Wait for it to finish, or cancel it.' });
}
