import { requireReadable } from '../records/records';
import { UnreadableRecords } from '../records/read-records';
import { AppError, toAppError } from '../../contract/app-error';
import {
  refreshRequestSchema,
  type RefreshLogEntry,
  type RefreshRequest,
  type RefreshState,
} from '../../contract/warehouse';
import { withFolderGone } from '../fs/folder-guard';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Observable } from '../observable';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { loadChecks } from '../models/check-file';
import type { Database } from '../database/database';
import { damageOf } from '../database/database-damage';
import { setDatabaseAside } from '../database/database-file';
import type { EventFile } from '../events/event-files';
import { loadAllModels } from '../models/models';
import type { ParquetRowCounter } from '../events/parquet-rows';
import { refresh, type RefreshOptions as RunOptions } from './refresh';

export interface RefreshOptions extends RunOptions, Partial<RefreshRequest> {
  /** See `RefreshTask`. */
  readonly mostStagedBytes?: number;
}

interface RefreshJobParts {
  readonly workspace: Workspace;
  readonly database: Database;
  readonly modelsFolder: string;
  readonly rowCounter: ParquetRowCounter;
  readonly state: Observable<RefreshState>;
  /** Called after a refresh has succeeded, before it is told. */
  readonly afterSuccess: () => Promise<void>;
}

/** Refreshes a workspace's warehouse, one refresh at a time, and tells how it stands. */
export class RefreshJob {
  #running: AbortController | null = null;
  #request: RefreshRequest = refreshRequestSchema.parse({});

  constructor(private readonly parts: RefreshJobParts) {}

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** What the latest refresh was asked to do. */
  get request(): RefreshRequest {
    return this.#request;
  }

  /**
   * Runs to its end, and nothing else may run meanwhile: the caller sees to that.
   * @throws whatever {@link refresh} throws
   */
  async run(options: RefreshOptions): Promise<RefreshLogEntry> {
    const running = (this.#running = new AbortController());
    this.#request = refreshRequestSchema.parse(options);
    options.signal?.addEventListener('abort', () => running.abort(), { once: true });
    if (options.signal?.aborted) running.abort();
    try {
      return await this.#tell({ ...options, signal: running.signal });
    } finally {
      this.#running = null;
    }
  }

  /** Asks the refresh under way to stop; its promise rejects once everything is as it was. */
  cancel(): void {
    this.#running?.abort();
  }

  async #tell(options: RefreshOptions): Promise<RefreshLogEntry> {
    const { state, afterSuccess, workspace } = this.parts;
    const startedAt = new Date().toISOString();
    const onSteps: RefreshOptions['onSteps'] = (steps) => {
      state.set({ status: 'running', startedAt, steps });
      options.onSteps?.(steps);
    };
    onSteps([]);
    try {
      const entry = await this.#refreshOrRebuild({ ...options, onSteps });
      await afterSuccess();
      state.set({ status: 'ended', outcome: { succeeded: true, entry } });
      return entry;
    } catch (error) {
      const told = await withFolderGone(error, workspace.folder);
      const reason = systemError(told, workspace.folder) ?? toAppError(told);
      // The process is about to be replaced, and the next one goes on with the refresh.
      if (this.parts.database.failure.value === null)
        state.set({ status: 'ended', outcome: { succeeded: false, error: reason.toReport() } });
      throw reason;
    }
  }

  /** A database file that can't be used is set aside; everything in it comes from the Parquet files. */
  async #refreshOrRebuild(options: RefreshOptions): Promise<RefreshLogEntry> {
    const { database, workspace } = this.parts;
    try {
      return await database.hold(() => this.#refreshAttached(options));
    } catch (error) {
      if (!(error instanceof AppError) || !['DATABASE_DAMAGED', 'DATABASE_UNSAFE'].includes(error.code)) throw error;
      // An unsafe file may hold tables that its owner wants to keep: it goes only where everything is to be rebuilt.
      if (error.code === 'DATABASE_UNSAFE' && options.mode !== 'full') throw error;
      await database.release('repair');
      // What was said may have been about another file: only one that is found damaged when it is opened alone is moved.
      const isCertain = error.code === 'DATABASE_UNSAFE' || error instanceof UnreadableRecords;
      const damage = isCertain ? error : await damageOf(workspace);
      if (!damage) throw toAppError(new Error(error.details.cause ?? error.message));
      const notice = await setDatabaseAside(workspace, damage);
      return database.hold(() => this.#refreshAttached({ ...options, notices: [notice] }));
    }
  }

  async #refreshAttached(options: RefreshOptions): Promise<RefreshLogEntry> {
    const { database, workspace, modelsFolder, rowCounter } = this.parts;
    await checkFolders(workspace);
    await database.attach({ create: true });
    await database.use(requireReadable);
    const [modelSet, checks] = await Promise.all([loadAllModels(modelsFolder, workspace), loadChecks(modelsFolder)]);
    const task = {
      workspace,
      modelSet,
      checks,
      request: this.#request,
      mostStagedBytes: options.mostStagedBytes,
      countRows: (files: readonly EventFile[]) => database.use((connection) => rowCounter.count(files, connection)),
    };
    return database.use((connection) => refresh({ ...task, connection }, options));
  }
}

/** Before anything is written. @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID */
async function checkFolders(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  for (const folder of [workspace.eventsFolder, workspace.exportsFolder]) await files.checkFutureFolder(folder);
}
