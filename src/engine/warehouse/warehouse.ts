import { AppError, toAppError } from '../../contract/app-error';
import { refreshRequestSchema } from '../../contract/warehouse';
import type { Model, Partition, RefreshLogEntry, RefreshRequest, RefreshState, WarehouseSummary } from '../../contract/warehouse';
import { Console } from '../console/console';
import { Observable } from '../observable';
import type { Workspace } from '../workspace';
import { describeModels } from './built-models';
import { Database } from './database';
import { listEventFiles, type EventFile } from './event-files';
import { ParquetRowCounter } from './parquet-rows';
import { partitionsOf, sum } from './partitions';
import { loadChecks } from './check-file';
import { compareWithManifest, readManifest, type Manifest } from './manifest';
import { refresh, type RefreshOptions as RunOptions } from './refresh';
import { readRefreshLog } from './refresh-log';
import { loadAllModels } from './models';
import { fileBytes } from './file-bytes';

const historyLimit = 500;

export interface RefreshOptions extends RunOptions, Partial<RefreshRequest> {}

/** Everything there is to ask of one workspace's warehouse; owns the database while it is open. */
export class Warehouse {
  readonly refreshState = new Observable<RefreshState>({ status: 'idle' });
  readonly console: Console;
  readonly #rowCounter: ParquetRowCounter;
  #running: AbortController | null = null;

  private constructor(
    readonly workspace: Workspace,
    private readonly database: Database,
    private readonly modelsFolder: string,
  ) {
    this.console = new Console(database);
    this.#rowCounter = new ParquetRowCounter(workspace);
  }

  /** @param modelsFolder the folder with `bronze/*.sql`, `silver/*.sql`, `gold/*.sql` */
  static async open(workspace: Workspace, modelsFolder: string): Promise<Warehouse> {
    return new Warehouse(workspace, await Database.open(workspace), modelsFolder);
  }

  /** Stops what is running and lets go of the database file. */
  async close(): Promise<void> {
    this.#running?.abort();
    await this.console.closeAll();
    this.database.close();
  }

  /** Every partition that has files, by date. Reads footers only of files that it has not met before. */
  async partitions(): Promise<Partition[]> {
    return this.#partitionsOf(await listEventFiles(this.workspace));
  }

  async summary(): Promise<WarehouseSummary> {
    const files = await listEventFiles(this.workspace);
    const partitions = await this.#partitionsOf(files);
    const attached = await this.database.attach({ create: false });
    return {
      partitions: partitions.length,
      files: files.length,
      rows: sum(partitions.map(({ rows }) => rows)),
      bytes: sum(files.map(({ bytes }) => bytes)),
      firstDate: partitions.at(0)?.date ?? null,
      lastDate: partitions.at(-1)?.date ?? null,
      damagedFiles: partitions.flatMap(({ damagedFiles }) => damagedFiles),
      lastRefresh: (await this.refreshHistory()).find(({ status }) => status === 'succeeded') ?? null,
      stale: !(attached
        ? await this.database.use(async (connection) => isFresh(await readManifest(connection), files))
        : files.length === 0),
      databaseBytes: await fileBytes(this.workspace.database),
    };
  }

  async models(): Promise<Model[]> {
    const modelSet = await loadAllModels(this.modelsFolder, this.workspace);
    const attached = await this.database.attach({ create: false });
    return this.database.use((connection) => describeModels(modelSet, attached ? connection : null));
  }

  /** Rows of `refresh_log`, newest first. */
  async refreshHistory(): Promise<RefreshLogEntry[]> {
    if (!(await this.database.attach({ create: false }))) return [];
    return this.database.use((connection) => readRefreshLog(connection, historyLimit));
  }

  /**
   * Refreshes the models; `refreshState` tells how far it is.
   * @throws AppError WORKSPACE_BUSY while another refresh runs, and whatever {@link refresh} throws
   */
  async refresh(options: RefreshOptions = {}): Promise<RefreshLogEntry> {
    if (this.#running) {
      throw new AppError('WORKSPACE_BUSY', 'A refresh is running already.', { action: 'Wait for it or cancel it.' });
    }
    const running = (this.#running = new AbortController());
    options.signal?.addEventListener('abort', () => running.abort(), { once: true });
    if (options.signal?.aborted) running.abort();
    try {
      return await this.#refresh({ ...options, signal: running.signal });
    } finally {
      this.#running = null;
    }
  }

  /** Asks the running refresh to stop; its promise rejects once everything is as it was. */
  cancelRefresh(): void {
    this.#running?.abort();
  }

  async #refresh(options: RefreshOptions): Promise<RefreshLogEntry> {
    const startedAt = new Date().toISOString();
    const onSteps: RefreshOptions['onSteps'] = (steps) => {
      this.refreshState.set({ status: 'running', startedAt, steps });
      options.onSteps?.(steps);
    };
    onSteps([]);
    try {
      await this.database.attach({ create: true });
      const task = {
        workspace: this.workspace,
        modelSet: await loadAllModels(this.modelsFolder, this.workspace),
        checks: await loadChecks(this.modelsFolder),
        request: refreshRequestSchema.parse(options),
        countRows: (files: readonly EventFile[]) =>
          this.database.use((connection) => this.#rowCounter.count(files, connection)),
      };
      const entry = await this.database.use((connection) => refresh({ ...task, connection }, { ...options, onSteps }));
      this.refreshState.set({ status: 'ended', outcome: { succeeded: true, entry } });
      return entry;
    } catch (error) {
      const reason = toAppError(error);
      this.refreshState.set({ status: 'ended', outcome: { succeeded: false, error: reason.toReport() } });
      throw reason;
    }
  }

  async #partitionsOf(files: readonly EventFile[]): Promise<Partition[]> {
    return this.database.use(async (connection) =>
      partitionsOf(files, await this.#rowCounter.count(files, connection)),
    );
  }
}

function isFresh(manifest: Manifest, files: readonly EventFile[]): boolean {
  return compareWithManifest(manifest, files).days.length === 0;
}
