import { stat } from 'node:fs/promises';
import os from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';
import { catalog } from './catalog';
import { ensureLayout } from './layout';
import { quoteIdentifier, quoteText } from './sql-text';

const useCatalog = `USE ${quoteIdentifier(catalog)}`;

/** DuckDB's message when another process has the file; on Linux and macOS it names that process. */
const lockPattern =
  /Conflicting lock is held(?: in (?<program>.+?))?(?: \(PID (?<pid>\d+)\))?[.\s]|being used by another process/i;

/**
 * An in-memory DuckDB that may touch nothing outside the workspace, with `micro_warehouse.duckdb` attached beside it
 * as soon as it exists. Attached rather than opened, so that the file can be let go without losing the results.
 */
export class Database {
  #attached = false;
  #attaching: Promise<boolean> | null = null;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly control: DuckDBConnection,
    private readonly workspace: Workspace,
  ) {}

  static async open(workspace: Workspace): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:');
    const control = await instance.connect();
    for (const setting of hardening(workspace)) await control.run(setting);
    return new Database(instance, control, workspace);
  }

  /**
   * Attaches the database file unless it is attached already.
   * @param create whether a missing file is made
   * @returns false when there is no file and none was to be made
   * @throws AppError DATABASE_LOCKED when another program holds it, DATABASE_DAMAGED when DuckDB can't read it
   */
  async attach({ create }: { create: boolean }): Promise<boolean> {
    if (this.#attached) return true;
    this.#attaching ??= this.#attachFile(create).finally(() => (this.#attaching = null));
    return this.#attaching;
  }

  /** A new connection on which plain table names mean those of the database file; close it with `closeSync`. */
  async connect(): Promise<DuckDBConnection> {
    const connection = await this.instance.connect();
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    if (this.#attached) await connection.run(useCatalog);
    return connection;
  }

  /** Makes plain table names on `connection` mean those of the database file, as soon as there is one. */
  async useCatalog(connection: DuckDBConnection): Promise<void> {
    if (await this.attach({ create: false })) await connection.run(useCatalog);
  }

  get folder(): string {
    return this.workspace.folder;
  }

  /** Lends a connection for as long as `work` takes. */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  }

  close(): void {
    this.control.closeSync();
    this.instance.closeSync();
  }

  async #attachFile(create: boolean): Promise<boolean> {
    if (!create && !(await exists(this.workspace.database))) return false;
    try {
      await this.control.run(
        `ATTACH IF NOT EXISTS ${quoteText(this.workspace.database)} AS ${quoteIdentifier(catalog)}`,
      );
      await this.control.run(useCatalog);
      await ensureLayout(this.control);
    } catch (error) {
      throw attachError(error, this.workspace);
    }
    this.#attached = true;
    return true;
  }
}

/** In this order: once external access is off and the configuration locked, the earlier ones can't be changed. */
function hardening(workspace: Workspace): string[] {
  const memoryLimitMb = Math.round(os.totalmem() / 2 / 1024 ** 2);
  return [
    `SET memory_limit = '${memoryLimitMb}MiB'`,
    `SET temp_directory = ${quoteText(`${workspace.database}.tmp`)}`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_persistent_secrets = false',
    // Footers of files that did not change need not be read again: 10-15 ms a query over three years of days.
    'SET parquet_metadata_cache = true',
    `SET allowed_directories = [${quoteText(`${workspace.folder}/`)}]`,
    'SET enable_external_access = false',
    // The last one DuckDB sets itself where it makes several statements of one (PIVOT).
    `SET allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'current_transaction_invalidation_policy']`,
    'SET lock_configuration = true',
  ];
}

function attachError(error: unknown, workspace: Workspace): unknown {
  if (!(error instanceof Error)) return error;
  const lock = lockPattern.exec(error.message);
  if (lock) {
    const { program, pid } = lock.groups ?? {};
    const holder = pid ? `${program ?? 'a program'} (process ${pid})` : 'another program';
    return new AppError('DATABASE_LOCKED', `${workspace.database} is held by ${holder}.`, {
      action: 'Close it there, then try again. DuckDB lets one program at a time write to a database file.',
      cause: error.message,
    });
  }
  return (
    systemError(error, workspace.folder) ??
    new AppError('DATABASE_DAMAGED', `${workspace.database} can't be opened as a DuckDB database.`, {
      action: 'Move the file away and refresh: the warehouse is rebuilt from the Parquet files.',
      cause: error.message,
    })
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
