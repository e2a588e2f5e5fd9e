import { catalog } from '../../contract/relations';
import { exists } from '../fs/exists';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { DatabaseFileState } from '../../contract/warehouse';
import { OpenedFolder } from '../fs/opened-folder';
import { Observable } from '../observable';
import type { Workspace } from '../workspace';
import { checkDatabaseFiles, damaged, databaseError, refuseQuestionMark, sweepSpill } from './database-file';
import { DatabaseHealth } from './health';
import { findHostileObject, unsafeDatabase } from './hostile-objects';
import { ensureLayout } from './schema';
import { hardening, limits, type DatabaseSettings } from './settings';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { uninterrupted } from '../sql/uninterrupted';

const useCatalog = `USE ${quoteIdentifier(catalog)}`;
/** The in-memory database always exists. */
const leaveCatalog = 'USE memory';
const pollMs = 10;

export interface DatabaseOptions extends DatabaseSettings {
  /** Called each time the file was attached for writing, before anything else uses it. Its errors are ignored. */
  readonly onAttached?: ((connection: DuckDBConnection) => Promise<unknown>) | undefined;
}

/**
 * An in-memory DuckDB that can't access anything outside the workspace, with `micro_warehouse.duckdb` attached as soon
 * as it exists. Attached rather than opened, so that the file can be released without losing the results.
 */
export class Database {
  /** Whether this process has the file open. */
  readonly fileState = new Observable<DatabaseFileState>({ status: 'closed' });
  /** Number of running statements of sessions. */
  readonly statements = new Observable(0);
  #attaching: Promise<boolean> | null = null;
  #detaching: Promise<void> | null = null;
  #leases = 0;
  #lastUsed = performance.now();
  readonly #openedAt = Date.now();

  readonly #health: DatabaseHealth;
  /** The database's own connection, besides those that are lent. */
  private readonly control: DuckDBConnection;

  private constructor(
    private readonly instance: DuckDBInstance,
    connection: DuckDBConnection,
    readonly workspace: Workspace,
    private readonly opened: OpenedFolder,
    private readonly readOnly: boolean,
    private readonly onAttached: DatabaseOptions['onAttached'],
  ) {
    this.#health = new DatabaseHealth(instance, () => void this.#letGo());
    this.control = this.#health.watched(connection);
  }

  static async open(workspace: Workspace, options: DatabaseOptions = {}): Promise<Database> {
    const opened = new OpenedFolder(workspace.folder);
    await opened.check();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const database = new Database(
      instance,
      connection,
      workspace,
      opened,
      options.readOnly ?? false,
      options.onAttached,
    );
    for (const setting of await hardening(workspace, options)) await database.control.run(setting);
    return database;
  }

  /**
   * Attaches the database file unless it is attached already.
   * @param create whether a missing file is created
   * @returns false if there is no file and none was to be created
   * @throws AppError DATABASE_LOCKED if another program has it open; DATABASE_DAMAGED if DuckDB can't read it;
   * WORKSPACE_INVALID if the workspace is gone or DuckDB can't write in its folder; LINK_NOT_ALLOWED or
   * WORKSPACE_INVALID if something else is in the file's place; DATABASE_UNSAFE if an object in the file would replace
   * DuckDB's own functions or act by itself
   */
  async attach({ create }: { create: boolean }): Promise<boolean> {
    this.#lastUsed = performance.now();
    // If the workspace is gone, DuckDB would create an empty file, or keep writing to a deleted one.
    await this.opened.check();
    await this.#detaching;
    if (this.isAttached) return true;
    this.#attaching ??= this.#attachFile(create).finally(() => (this.#attaching = null));
    const attached = await this.#attaching;
    // The pending attempt may have been one that creates no file.
    return attached || !create ? attached : this.attach({ create });
  }

  /** The error after which DuckDB can't continue; null while it can. It stays: only a new process helps. */
  get failure(): Observable<AppError | null> {
    return this.#health.failure;
  }

  get isAttached(): boolean {
    return this.fileState.value.status === 'held';
  }

  /**
   * Releases the file, so that another program can write to it; the next {@link attach} reopens it. Running statements
   * finish first.
   */
  async release(by: 'user' | 'idle' | 'repair'): Promise<void> {
    await this.unused();
    if (!this.isAttached) return;
    this.#detaching ??= this.#detach(by).finally(() => (this.#detaching = null));
    await this.#detaching;
  }

  /** Changes the limits for memory and threads of later statements. */
  async limit(options: DatabaseOptions): Promise<void> {
    for (const setting of limits(options)) await this.control.run(setting);
  }

  /** Milliseconds since the last use of the file. */
  get idleMs(): number {
    return this.#leases > 0 ? 0 : performance.now() - this.#lastUsed;
  }

  /** A new connection with the database file as its default catalog; close it with `closeSync`. */
  async connect(): Promise<DuckDBConnection> {
    const connection = this.#health.watched(await this.instance.connect());
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    await this.#detaching;
    if (this.isAttached) await connection.run(useCatalog);
    return connection;
  }

  /** Makes the database file the default catalog of `connection`, if it is attached. */
  async useCatalog(connection: DuckDBConnection): Promise<void> {
    if (await this.attach({ create: false })) await connection.run(useCatalog);
  }

  /** The opposite: the temporary tables of `connection` can then be read while the file is released. */
  async leaveCatalog(connection: DuckDBConnection): Promise<void> {
    // The earlier work must not count as cancelled because of this.
    await uninterrupted(() => connection.run(leaveCatalog));
  }

  /** @throws AppError WORKSPACE_INVALID if the workspace is gone */
  requireFolder(): Promise<void> {
    return this.opened.check();
  }

  get folder(): string {
    return this.workspace.folder;
  }

  /** Passes a connection to `work`; the file isn't released meanwhile. */
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

  /** Keeps the file from being released while `work` runs: once attached, it stays attached. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#leases += 1;
    try {
      return await work();
    } finally {
      this.#leases -= 1;
      this.#lastUsed = performance.now();
    }
  }

  /** Resolves once no lent connection is in use and nothing holds the file. */
  async unused(): Promise<void> {
    await this.#attaching?.catch(() => undefined);
    while (this.#leases > 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }

  /** Call it when nothing is in use: see {@link unused}. */
  close(): void {
    this.control.closeSync();
    this.instance.closeSync();
  }

  /** Makes the next {@link attach} open the file again. */
  async #letGo(): Promise<void> {
    try {
      await this.release('repair');
    } catch {
      // The next use of the file gets the same error and tries again.
    }
  }

  async #detach(by: 'user' | 'idle' | 'repair'): Promise<void> {
    // After a failed checkpoint DuckDB runs nothing while the database is the default catalog.
    const connection = this.#health.watched(await this.instance.connect());
    try {
      await connection.run(`DETACH ${quoteIdentifier(catalog)}`);
    } catch (error) {
      // On a full disk the last checkpoint fails, but the file is released; its missing part is in the write-ahead log.
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
    const worked = this.#health.isSound;
    if (!this.readOnly) refuseQuestionMark(this.workspace);
    try {
      // With an explicit type, DuckDB doesn't look for an extension to read the file.
      await this.control.run(
        `ATTACH IF NOT EXISTS ${quoteText(this.workspace.database)} AS ${name} (TYPE duckdb${this.readOnly ? ', READ_ONLY' : ''})`,
      );
      // Before any unqualified name can refer to the file.
      const hostile = await findHostileObject(this.control);
      if (hostile) throw unsafeDatabase(hostile, this.workspace);
      await this.control.run(useCatalog);
      const foreign = this.readOnly ? null : await ensureLayout(this.control);
      if (foreign !== null) throw damaged(this.workspace, foreign);
    } catch (error) {
      // A file that could be opened but not used must not stay open, since it may have to be set aside.
      await this.control.run(leaveCatalog).catch(() => undefined);
      await this.control.run(`DETACH DATABASE IF EXISTS ${name}`).catch(() => undefined);
      // DuckDB has only opened the file.
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
