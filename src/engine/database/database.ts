import { exists } from '../fs/exists';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { DatabaseFileState } from '../../contract/warehouse';
import { FolderGuard } from '../fs/folder-guard';
import { Observable } from '../observable';
import type { Workspace } from '../workspace';
import { catalog } from './catalog';
import {
  checkDatabaseFiles,
  damaged,
  databaseError,
  refuseQuestionMark,
  sweepSpill,
  usableSpillFolder,
} from './database-file';
import { duckDbFailure, hasFailedCheckpoint, isInvalidated } from '../sql/duckdb-failure';
import { guardConnection } from './guarded-connection';
import { findHostileObject, unsafeDatabase } from './hostile-objects';
import { ensureLayout } from './schema';
import { escapeGlob, quoteIdentifier, quoteText } from '../sql/quote';

const useCatalog = `USE ${quoteIdentifier(catalog)}`;
/** The in-memory database is always there. */
const leaveCatalog = 'USE memory';
const pollMs = 10;
/** Interrupts come some milliseconds apart. */
const mostAttempts = 100;

export interface DatabaseOptions {
  /** Reads the database file without writing anything, as on a disk that is read-only. */
  readonly readOnly?: boolean | undefined;
  /** Most memory that DuckDB takes before it spills to disk; half of the machine's without. */
  readonly memoryLimitMb?: number | undefined;
  /** Most that DuckDB writes into temporary files; half of the space that is free at the start without. */
  readonly temporaryMb?: number | undefined;
  /** Threads that a query may take; as many as the machine has without. */
  readonly threads?: number | undefined;
  /** Called each time the file was attached for writing, before anybody else uses it. What it throws is ignored. */
  readonly onAttached?: ((connection: DuckDBConnection) => Promise<unknown>) | undefined;
}

/**
 * An in-memory DuckDB that may touch nothing outside the workspace, with `micro_warehouse.duckdb` attached beside it
 * as soon as it exists. Attached rather than opened, so that the file can be let go without losing the results.
 */
export class Database {
  /** Whether we hold the file now. */
  readonly fileState = new Observable<DatabaseFileState>({ status: 'closed' });
  /** The error that DuckDB can't go on after; null while it can. It stays: only another process helps. */
  readonly failure = new Observable<AppError | null>(null);
  /** How many statements of sessions run at this moment. */
  readonly statements = new Observable(0);
  /** An internal error of DuckDB that it may not have survived. */
  #suspect: AppError | null = null;
  #attaching: Promise<boolean> | null = null;
  #detaching: Promise<void> | null = null;
  #leases = 0;
  #lastUsed = performance.now();
  readonly #openedAt = Date.now();

  /** For the database itself, beside those that are lent. */
  private readonly control: DuckDBConnection;

  private constructor(
    private readonly instance: DuckDBInstance,
    connection: DuckDBConnection,
    readonly workspace: Workspace,
    private readonly guard: FolderGuard,
    private readonly readOnly: boolean,
    private readonly onAttached: DatabaseOptions['onAttached'],
  ) {
    this.control = this.#watched(connection);
  }

  static async open(workspace: Workspace, options: DatabaseOptions = {}): Promise<Database> {
    const guard = new FolderGuard(workspace.folder);
    await guard.check();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const database = new Database(
      instance,
      connection,
      workspace,
      guard,
      options.readOnly ?? false,
      options.onAttached,
    );
    for (const setting of await hardening(workspace, options)) await database.control.run(setting);
    return database;
  }

  /**
   * Attaches the database file unless it is attached already.
   * @param create whether a missing file is made
   * @returns false when there is no file and none was to be made
   * @throws AppError DATABASE_LOCKED when another program holds it, DATABASE_DAMAGED when DuckDB can't read it,
   * WORKSPACE_INVALID when the workspace has gone or DuckDB can't write below its folder, LINK_NOT_ALLOWED or WORKSPACE_INVALID
   * when something else is in the file's place, DATABASE_UNSAFE when something in the file would take the place of DuckDB's own functions or act by itself
   */
  async attach({ create }: { create: boolean }): Promise<boolean> {
    this.#lastUsed = performance.now();
    // DuckDB would make an empty file where the workspace has gone, or go on writing to one that nobody sees.
    await this.guard.check();
    await this.#detaching;
    if (this.isAttached) return true;
    this.#attaching ??= this.#attachFile(create).finally(() => (this.#attaching = null));
    const attached = await this.#attaching;
    // The attempt that was under way may have been one that makes no file.
    return attached || !create ? attached : this.attach({ create });
  }

  get isAttached(): boolean {
    return this.fileState.value.status === 'held';
  }

  /**
   * Lets go of the file, so that another program can write to it; the next {@link attach} takes it again. Statements
   * that are running end in peace, and the file is free when the last of them has.
   */
  async release(by: 'user' | 'idle' | 'repair'): Promise<void> {
    await this.unused();
    if (!this.isAttached) return;
    this.#detaching ??= this.#detach(by).finally(() => (this.#detaching = null));
    await this.#detaching;
  }

  /** Sets most memory and threads anew, for what runs from now on. */
  async limit(options: DatabaseOptions): Promise<void> {
    for (const setting of limits(options)) await this.control.run(setting);
  }

  /** Milliseconds since anybody asked for the file. */
  get idleMs(): number {
    return this.#leases > 0 ? 0 : performance.now() - this.#lastUsed;
  }

  /** A new connection on which plain table names mean those of the database file; close it with `closeSync`. */
  async connect(): Promise<DuckDBConnection> {
    const connection = this.#watched(await this.instance.connect());
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    await this.#detaching;
    if (this.isAttached) await connection.run(useCatalog);
    return connection;
  }

  /** Makes plain table names on `connection` mean those of the database file, as soon as there is one. */
  async useCatalog(connection: DuckDBConnection): Promise<void> {
    if (await this.attach({ create: false })) await connection.run(useCatalog);
  }

  /** The opposite: what is left on `connection`, its temporary tables, can then be read while the file is released. */
  async leaveCatalog(connection: DuckDBConnection): Promise<void> {
    // What has been done before must not be called cancelled because of this.
    await uninterrupted(() => connection.run(leaveCatalog));
  }

  /** @throws AppError WORKSPACE_INVALID when the workspace has gone since it was opened */
  requireFolder(): Promise<void> {
    return this.guard.check();
  }

  get folder(): string {
    return this.workspace.folder;
  }

  /** Lends a connection for as long as `work` takes; the file is not released meanwhile. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.hold(async () => {
      const connection = await this.connect();
      try {
        return await work(connection);
      } finally {
        connection.closeSync();
      }
    });
  }

  /** Keeps the file from being released while `work` lasts: what it attaches it finds attached until its end. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#leases += 1;
    try {
      return await work();
    } finally {
      this.#leases -= 1;
      this.#lastUsed = performance.now();
    }
  }

  /** Resolves once nobody uses a connection that was lent, or holds the file. */
  async unused(): Promise<void> {
    await this.#attaching?.catch(() => undefined);
    while (this.#leases > 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }

  /** Call it when nothing is in use any more: see {@link unused}. */
  close(): void {
    this.control.closeSync();
    this.instance.closeSync();
  }

  /** Every connection passes through here, so that no fault inside DuckDB goes unnoticed, whoever meets it. */
  #watched(connection: DuckDBConnection): DuckDBConnection {
    /** What this connection has met: whoever cleans up after it is told the same again. */
    let met: AppError | null = null;
    return guardConnection(connection, (error) => {
      if (hasFailedCheckpoint(error)) void this.#letGo();
      const failure = (isInvalidated(error) ? met : null) ?? duckDbFailure(error, this.#suspect !== null);
      if (!failure) return error;
      met = failure;
      // The first error is the one that explains it.
      this.#suspect ??= failure;
      if (isInvalidated(error)) this.#fail();
      else void this.#probe();
      return failure;
    });
  }

  /** Makes the next {@link attach} open the file again. */
  async #letGo(): Promise<void> {
    try {
      await this.release('repair');
    } catch {
      // Whatever uses the file next meets the same error, and tries this again.
    }
  }

  /** After an internal error DuckDB works on, or refuses everything from then on; it does not say which. */
  async #probe(): Promise<void> {
    try {
      const connection = await this.instance.connect();
      await connection.run('SELECT 1');
      connection.closeSync();
      this.#suspect = null;
    } catch (error) {
      if (isInvalidated(error)) this.#fail();
    }
  }

  #fail(): void {
    if (this.failure.value === null) this.failure.set(this.#suspect);
  }

  async #detach(by: 'user' | 'idle' | 'repair'): Promise<void> {
    // After a failed checkpoint DuckDB runs nothing at all where plain names mean the database.
    const connection = this.#watched(await this.instance.connect());
    try {
      await connection.run(`DETACH ${quoteIdentifier(catalog)}`);
    } catch (error) {
      // On a full disk the last checkpoint fails, but the file is let go: what it lacks is in the write-ahead log.
      if (await hasCatalog(connection)) throw error;
    } finally {
      connection.closeSync();
    }
    await this.control.run(leaveCatalog);
    this.fileState.set(by === 'repair' ? { status: 'closed' } : { status: 'released', by });
  }

  async #attachFile(create: boolean): Promise<boolean> {
    if (!create && !(await exists(this.workspace.database))) return false;
    await checkDatabaseFiles(this.workspace);
    const name = quoteIdentifier(catalog);
    const worked = this.#suspect === null;
    if (!this.readOnly) refuseQuestionMark(this.workspace);
    try {
      // Told its type, DuckDB does not look for an extension that reads whatever else may lie there.
      await this.control.run(
        `ATTACH IF NOT EXISTS ${quoteText(this.workspace.database)} AS ${name} (TYPE duckdb${this.readOnly ? ', READ_ONLY' : ''})`,
      );
      // Before any plain name can mean something in the file.
      const hostile = await findHostileObject(this.control);
      if (hostile) throw unsafeDatabase(hostile, this.workspace);
      await this.control.run(useCatalog);
      const foreign = this.readOnly ? null : await ensureLayout(this.control);
      if (foreign !== null) throw damaged(this.workspace, foreign);
    } catch (error) {
      // What could be opened but not used must not stay open: it may have to be set aside.
      await this.control.run(leaveCatalog).catch(() => undefined);
      await this.control.run(`DETACH DATABASE IF EXISTS ${name}`).catch(() => undefined);
      // DuckDB has done nothing but open the file.
      const byFile = worked && error instanceof AppError && error.code === 'DUCKDB_FAILED';
      throw byFile ? damaged(this.workspace, error.message) : databaseError(error, this.workspace);
    }
    if (!this.readOnly) await sweepSpill(this.workspace, this.#openedAt).catch(() => undefined);
    if (!this.readOnly) await this.onAttached?.(this.control).catch(() => undefined);
    this.fileState.set({ status: 'held' });
    return true;
  }
}

async function hasCatalog(connection: DuckDBConnection): Promise<boolean> {
  const names = await connection.runAndReadAll('SELECT database_name FROM system.main.duckdb_databases()');
  return names.getRowsJS().flat().includes(catalog);
}

/**
 * Runs a short statement that has to be run even though its session is being cancelled: an interrupt that was meant for
 * an earlier statement may meet it.
 */
export async function uninterrupted<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const interrupted = error instanceof Error && error.message.startsWith('INTERRUPT');
      if (!interrupted || attempt === mostAttempts) throw error;
    }
  }
}

function limits({ memoryLimitMb, threads }: DatabaseOptions): string[] {
  return [
    `SET memory_limit = '${memoryLimitMb ?? Math.round(os.totalmem() / 2 / 1024 ** 2)}MiB'`,
    `SET threads = ${threads ?? os.availableParallelism()}`,
  ];
}

/** A file that inflates to many times its size, or a join of all with all, must leave the disk to others, too. */
async function temporaryLimit({ folder }: Workspace, { temporaryMb }: DatabaseOptions): Promise<string[]> {
  const setting = (megabytes: number) => [`SET max_temp_directory_size = '${megabytes}MiB'`];
  if (temporaryMb !== undefined) return setting(temporaryMb);
  return statfs(folder).then(
    ({ bavail, bsize }) => setting(Math.max(1, Math.floor((bavail * bsize) / 2 / 1024 ** 2))),
    // A disk that does not say how much is free: DuckDB's own limit is the whole of it.
    () => [],
  );
}

/** In this order: once external access is off and the configuration locked, the earlier ones can't be changed. */
async function hardening(workspace: Workspace, options: DatabaseOptions): Promise<string[]> {
  // A pattern is compared as it is written, before DuckDB looks for what it matches.
  // DuckDB looks where a link leads to.
  const folders = [workspace.folder, ...workspace.agreedLinks.values()];
  const allowed = new Set(folders.flatMap((folder) => [folder, escapeGlob(folder)]));
  const spill = options.readOnly ? null : await usableSpillFolder(workspace);
  return [
    ...limits(options),
    // Empty: nothing is put on the disk.
    `SET temp_directory = ${quoteText(spill ?? '')}`,
    ...(spill === null ? [] : await temporaryLimit(workspace, options)),
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_persistent_secrets = false',
    // Footers of files that did not change need not be read again: 10-15 ms a query over three years of days.
    'SET parquet_metadata_cache = true',
    // Local files are in the system's cache already, and a file that is rewritten is never served from an old copy.
    'SET enable_external_file_cache = false',
    `SET allowed_directories = [${[...allowed].map((folder) => quoteText(`${folder}/`)).join(', ')}]`,
    'SET enable_external_access = false',
    // Limits are the user's to change while the app runs (the console refuses SET). The policy is set by DuckDB itself
    // where it makes several statements of one (PIVOT), the output of EXPLAIN by the check of plans.
    `SET allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'memory_limit', 'threads', 'current_transaction_invalidation_policy', 'explain_output']`,
    'SET lock_configuration = true',
  ];
}
