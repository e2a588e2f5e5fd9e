import { statfs } from 'node:fs/promises';
import os from 'node:os';
import { escapeGlob, quoteText } from '../sql/quote';
import type { Workspace } from '../workspace';
import { usableSpillFolder } from './database-file';

export interface DatabaseSettings {
  /** Reads the database file without writing anything, as on a read-only disk. */
  readonly readOnly?: boolean | undefined;
  /** Memory limit before DuckDB spills to disk; default: half of the system memory. */
  readonly memoryLimitMb?: number | undefined;
  /** Limit for temporary files; default: half of the space that is free at the start. */
  readonly temporaryMb?: number | undefined;
  /** Threads per query; default: as many as the machine has. */
  readonly threads?: number | undefined;
}

/** The settings that may change while the database is open. */
export function limits({ memoryLimitMb, threads }: DatabaseSettings): string[] {
  return [
    `SET memory_limit = '${memoryLimitMb ?? Math.round(os.totalmem() / 2 / 1024 ** 2)}MiB'`,
    `SET threads = ${threads ?? os.availableParallelism()}`,
  ];
}

/** A file that inflates many times, or a cross join, must not fill the disk. */
async function temporaryLimit({ folder }: Workspace, { temporaryMb }: DatabaseSettings): Promise<string[]> {
  const setting = (megabytes: number) => [`SET max_temp_directory_size = '${megabytes}MiB'`];
  if (temporaryMb !== undefined) return setting(temporaryMb);
  return statfs(folder).then(
    ({ bavail, bsize }) => setting(Math.max(1, Math.floor((bavail * bsize) / 2 / 1024 ** 2))),
    // If the disk doesn't report its free space, DuckDB's own limit applies: the whole disk.
    () => [],
  );
}

/**
 * The statements that keep DuckDB inside the workspace and its limits, in their order: the first settings can't be
 * changed once external access is off and the configuration is locked.
 */
export async function hardening(workspace: Workspace, options: DatabaseSettings): Promise<string[]> {
  // DuckDB compares a pattern as written, before expanding it, and follows links.
  const folders = [workspace.folder, ...workspace.agreedLinks.values()];
  const allowed = new Set(folders.flatMap((folder) => [folder, escapeGlob(folder)]));
  const spill = options.readOnly ? null : await usableSpillFolder(workspace);
  return [
    ...limits(options),
    // Empty: DuckDB doesn't spill to disk.
    `SET temp_directory = ${quoteText(spill ?? '')}`,
    ...(spill === null ? [] : await temporaryLimit(workspace, options)),
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_persistent_secrets = false',
    // Unchanged footers aren't read again, which saves 10-15 ms per query over three years of days.
    'SET parquet_metadata_cache = true',
    // The system caches local files already, and a rewritten file must never be served from an old copy.
    'SET enable_external_file_cache = false',
    `SET allowed_directories = [${[...allowed].map((folder) => quoteText(`${folder}/`)).join(', ')}]`,
    'SET enable_external_access = false',
    // The user may change limits while the app runs (the console refuses SET). DuckDB itself sets the policy when it
    // splits a statement (PIVOT); the check of plans sets the output of EXPLAIN.
    `SET allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'memory_limit', 'threads', 'current_transaction_invalidation_policy', 'explain_output']`,
    'SET lock_configuration = true',
  ];
}
