import { requireReadable } from '../records/records';
import { UnreadableRecords } from '../records/read-records';
import { AppError, toAppError } from '../../contract/app-error';
import {
  refreshRequestSchema,
  type RefreshLogEntry,
  type RefreshRequest,
  type RefreshState,
} from '../../contract/warehouse';
import { withFolderGone } from '../fs/opened-folder';
import { WorkspaceFiles } from '../fs/workspace-files';
import { linkedAbort } from '../linked-abort';
import type { Observable } from '../observable';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { loadChecks } from '../models/check-file';
import { loadFactFiles } from '../models/fact-file';
import type { Database } from '../database/database';
import { damageOf } from '../database/database-damage';
import { setDatabaseAside } from '../database/database-file';
import type { EventFile } from '../events/event-files';
import { loadAllModels } from '../models/models';
import type { ParquetRowCounter } from '../events/parquet-rows';
import { localEngine, type RefreshEngine } from './engine';
import type { RefreshOptions } from './refresh';

export interface JobOptions extends RefreshOptions, Partial<RefreshRequest> {
  /** See `RefreshTask`. */
  readonly mostStagedBytes?: number;
  /** Where it computes; by default on this machine. */
  readonly engine?: RefreshEngine;
}

interface RefreshJobParts {
  readonly workspace: Workspace;
  readonly database: Database;
  readonly modelsFolder: string;
  readonly rowCounter: ParquetRowCounter;
  readonly state: Observable<RefreshState>;
  /** Called after a successful refresh, before it is reported. */
  readonly afterSuccess: () => Promise<void>;
}

/** Refreshes a workspace's warehouse, one refresh at a time, and publishes its state. */
export class RefreshJob {
  #running: AbortController | null = null;
  #request: RefreshRequest = refreshRequestSchema.parse({});

  constructor(private readonly parts: RefreshJobParts) {}

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** The request of the latest refresh. */
  get request(): RefreshRequest {
    return this.#request;
  }

  /**
   * Runs a refresh; the caller makes sure that nothing else runs meanwhile.
   * @throws any error of {@link refresh}
   */
  async run(options: JobOptions): Promise<RefreshLogEntry> {
    this.#request = refreshRequestSchema.parse(options);
    const { controller: running, unlink } = linkedAbort(options.signal);
    this.#running = running;
    try {
      return await this.#tell({ ...options, signal: running.signal });
    } finally {
      unlink();
      this.#running = null;
    }
  }

  /** Asks the running refresh to stop; its promise rejects once everything is rolled back. */
  cancel(): void {
    this.#running?.abort();
  }

  async #tell(options: JobOptions): Promise<RefreshLogEntry> {
    const { state, afterSuccess, workspace } = this.parts;
    const startedAt = new Date().toISOString();
    const onSteps: JobOptions['onSteps'] = (steps) => {
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
      // The process is about to be replaced, and the next one continues the refresh.
      if (this.parts.database.failure.value === null)
        state.set({ status: 'ended', outcome: { succeeded: false, error: reason.toReport() } });
      throw reason;
    }
  }

  /** Sets an unusable database file aside; everything in it can be rebuilt from the Parquet files. */
  async #refreshOrRebuild(options: JobOptions): Promise<RefreshLogEntry> {
    const { database, workspace } = this.parts;
    try {
      return await database.hold(() => this.#refreshAttached(options));
    } catch (error) {
      if (!(error instanceof AppError) || !['DATABASE_DAMAGED', 'DATABASE_UNSAFE'].includes(error.code)) throw error;
      // An unsafe file may have tables that its owner wants to keep, so only a full refresh sets it aside.
      if (error.code === 'DATABASE_UNSAFE' && options.mode !== 'full') throw error;
      await database.release('repair');
      // The error may be about another file: the database is set aside only if it is damaged when opened alone.
      const isCertain = error.code === 'DATABASE_UNSAFE' || error instanceof UnreadableRecords;
      const damage = isCertain ? error : await damageOf(workspace);
      if (!damage) throw toAppError(new Error(error.details.cause ?? error.message));
      const notice = await setDatabaseAside(workspace, damage);
      return database.hold(() => this.#refreshAttached({ ...options, notices: [notice] }));
    }
  }

  async #refreshAttached(options: JobOptions): Promise<RefreshLogEntry> {
    const { database, workspace, modelsFolder, rowCounter } = this.parts;
    await checkFolders(workspace);
    await database.attach({ create: true });
    await database.use(requireReadable);
    const [modelSet, checks, factFiles] = await Promise.all([
      loadAllModels(modelsFolder, workspace),
      loadChecks(modelsFolder),
      loadFactFiles(modelsFolder),
    ]);
    const task = {
      workspace,
      modelSet,
      checks,
      factFiles,
      request: this.#request,
      mostStagedBytes: options.mostStagedBytes,
      countRows: (files: readonly EventFile[]) => database.use((connection) => rowCounter.count(files, connection)),
    };
    const { engine = localEngine } = options;
    return database.use((connection) => engine.refresh({ ...task, connection }, options));
  }
}

/** Before anything is written. @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID */
async function checkFolders(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  for (const folder of [workspace.eventsFolder, workspace.exportsFolder]) await files.checkFutureFolder(folder);
}
