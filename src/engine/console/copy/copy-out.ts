import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  DuckDBInstance,
  ResultReturnType,
  StatementType,
  type DuckDBConnection,
  type DuckDBResult,
} from '@duckdb/node-api';
import { z } from 'zod';
import { AppError, cancelled } from '../../../contract/app-error';
import { WorkspaceFiles } from '../../fs/workspace-files';
import type { Database } from '../../database/database';
import { uninterrupted } from '../../sql/uninterrupted';
import { refuseQuestionMark } from '../../database/database-file';
import { readRows } from '../../sql/read-rows';
import { quoteIdentifier, quoteText } from '../../sql/quote';
import { distinctNames } from '../../sql/column-names';
import { makeAside, removeAside, type CopyAside } from './copy-aside';
import { splitCopy } from './copy-statement';
import { findTarget, putInPlace, type CopyTarget, type FolderMode } from './copy-target';
import type { BoundValues } from '../../sql/parameters';
import { withPrepared } from '../../sql/prepared';
import { readInto } from '../../results/read';
import { columnSql, storedRows, type ResultTable } from '../../results/result-table';
import { notAllowed, sqlError } from '../../sql/sql-error';
import { withoutEnd } from '../../sql/sql-comments';
import { refuseUnnamed } from '../../sql/unnamed-structs';
import { sum } from '../../../contract/sum';

/** Everything that a COPY needs to run. */
interface CopyWork {
  readonly connection: DuckDBConnection;
  readonly database: Database;
  readonly signal: AbortSignal;
}

const interruptIntervalMs = 20;
const settingSchema = z.object({ name: z.string(), value: z.string() });

/**
 * Runs `COPY ... TO` so that it can write only to `exports/`, and its target is complete or untouched whatever happens.
 * DuckDB doesn't distinguish reading a folder from writing to it, and doesn't say where a COPY writes before it has
 * written. So it runs in three steps: the source as a read-only query, whose rows go into a separate database file; the
 * COPY in a second DuckDB, which has only that table and may write only to a hidden folder; then a rename to the
 * target.
 * @returns the rows written
 * @throws AppError CANCELLED only while the target is untouched; SQL_ERROR, SQL_READ_ONLY, DISK_FULL
 */
export async function copyOut(sql: string, table: string, values: BoundValues, work: CopyWork): Promise<number> {
  const { connection, database, signal } = work;
  const { workspace } = database;
  refuseQuestionMark(workspace);
  const { source, target: written, options } = splitCopy(withoutEnd(sql));
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(workspace.exportsFolder);
  const target = await findTarget(written, workspace, files);
  const { table: kept } = await readInto(table, source, values, connection);
  if (!writesText(written, options)) {
    const columns = kept.columns.map((_, index) => index);
    refuseUnnamed('This format', kept.unnamed, kept.columns, columns);
  }
  const aside = await makeAside(workspace, target, files);
  const stopIfCancelled = () => {
    if (signal.aborted) throw cancelled('The query');
  };
  try {
    await writeRows(kept, aside, connection);
    stopIfCancelled();
    const { rows, mode } = await writeAside(aside, target, options, { ...work, files });
    await putInPlace(await writtenEntry(aside, target), target, mode, {
      aside: aside.root,
      files,
      stopIfCancelled,
    });
    return rows;
  } catch (error) {
    throw targetError(error, aside, target);
  } finally {
    await removeAside(aside, files);
  }
}

/** Whether a COPY writes CSV, which is DuckDB's default if neither options nor the file name say otherwise. */
function writesText(file: string, options: string): boolean {
  const [, format] = /\bFORMAT\s+['"]?(\w+)/i.exec(options) ?? [];
  if (format !== undefined) return format.toLowerCase() === 'csv';
  return !/\.(?:parquet|json|jsonl|ndjson)(?:\.\w+)?$/i.test(file);
}

/** Moves the rows of a temporary table into a database file that another DuckDB can read. */
async function writeRows(table: ResultTable, { rows }: CopyAside, connection: DuckDBConnection): Promise<void> {
  // Names of attached files are shared by the whole process, and two tabs may copy at the same time.
  const carrier = quoteIdentifier(`copy_${randomUUID()}`);
  const { from } = storedRows(table);
  const names = distinctNames(table.columns.map(({ name }) => name));
  // Structs with unnamed fields are written as text, as CSV does.
  const columns = names.map((name, index) => {
    const value = columnSql(table, index);
    return `${table.unnamed.has(index) ? `CAST(${value} AS VARCHAR)` : value} AS ${quoteIdentifier(name)}`;
  });
  // DuckDB's default is an old format, which can't store VARIANT.
  await connection.run(`ATTACH ${quoteText(rows)} AS ${carrier} (TYPE duckdb, STORAGE_VERSION 'latest')`);
  try {
    await connection.run(`CREATE TABLE ${carrier}.result AS SELECT ${columns.join(', ')} FROM ${from}`);
  } finally {
    await uninterrupted(() => connection.run(`DETACH DATABASE IF EXISTS ${carrier}`));
  }
  await connection.run(`DROP TABLE temp.${quoteIdentifier(table.name)}`);
}

/** Runs the COPY in a DuckDB that has only the rows and may write only to the hidden folder. */
async function writeAside(
  aside: CopyAside,
  target: CopyTarget,
  options: string,
  { connection: owner, signal, files }: CopyWork & { files: WorkspaceFiles },
): Promise<{ rows: number; mode: FolderMode }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const interrupt = setInterval(() => signal.aborted && connection.interrupt(), interruptIntervalMs);
  try {
    await files.makeFolder(path.join(aside.written, 'final'));
    for (const setting of [...hardening(aside), ...(await limitsOf(owner))]) await connection.run(setting);
    for (const setting of ['SET enable_external_access = false', 'SET lock_configuration = true']) {
      await connection.run(setting);
    }
    const copy = (source: string, file: string) =>
      runCopy(`COPY ${source} TO ${quoteText(file)}${options}`, connection);
    const mode = target.before === 'folder' ? await probeMode(target, aside, files, copy) : 'replace';
    return { rows: await copy('carrier.result', pathIn(aside, 'final', target)), mode };
  } finally {
    clearInterval(interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

function hardening({ rows, spill, written }: CopyAside): string[] {
  return [
    `ATTACH ${quoteText(rows)} AS carrier (TYPE duckdb, READ_ONLY)`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_persistent_secrets = false',
    `SET temp_directory = ${quoteText(spill)}`,
    `SET allowed_directories = [${quoteText(`${written}/`)}]`,
  ];
}

/** The same limits as the warehouse's DuckDB. */
async function limitsOf(connection: DuckDBConnection): Promise<string[]> {
  const sql = `SELECT name, value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads', 'max_temp_directory_size')`;
  const settings = await uninterrupted(() => readRows(connection, sql, settingSchema));
  // A limit that isn't set has a word as its value.
  return settings
    .filter(({ value }) => !/ of available /.test(value))
    .map(({ name, value }) => `SET ${name} = ${quoteText(value)}`);
}

async function runCopy(sql: string, connection: DuckDBConnection): Promise<number> {
  return withPrepared(sql, connection, async (prepared) => {
    if (prepared.statementType !== StatementType.COPY) throw notAllowed("It isn't a COPY to a file.");
    return countOf(await prepared.run());
  });
}

/** With RETURN_FILES or RETURN_STATS, DuckDB returns a table with the row counts. */
async function countOf(result: DuckDBResult): Promise<number> {
  if (result.returnType !== ResultReturnType.QUERY_RESULT) return result.rowsChanged;
  const counts = result.columnNames().findIndex((name) => name.toLowerCase() === 'count');
  const rows = await result.getRowsJS();
  return sum(rows.map((row) => Number(row[counts] ?? 0)));
}

/**
 * Asks DuckDB what the statement does with existing files of the target folder, by running it without rows on a similar
 * folder, with a file in it if the target has one.
 * @throws DuckDB's error if the statement doesn't allow a folder with files
 */
async function probeMode(
  target: CopyTarget,
  aside: CopyAside,
  files: WorkspaceFiles,
  copy: (source: string, file: string) => Promise<number>,
): Promise<FolderMode> {
  const folder = pathIn(aside, 'probe', target);
  await files.makeFolder(folder);
  if ((await readdir(target.path)).length > 0) await files.create(path.join(folder, 'kept'), '');
  await copy('(FROM carrier.result LIMIT 0)', folder);
  return (await readdir(folder)).includes('kept') ? 'keep' : 'replace';
}

/** Keeps the target's name, from which DuckDB derives format and compression. */
function pathIn(aside: CopyAside, part: 'probe' | 'final', target: CopyTarget): string {
  return path.join(aside.written, part, path.basename(target.path));
}

/** The one file or folder that a COPY has written. */
async function writtenEntry(aside: CopyAside, target: CopyTarget): Promise<string> {
  const file = pathIn(aside, 'final', target);
  const names = await readdir(path.dirname(file));
  if (names.length === 1 && names[0] === path.basename(file)) return file;
  throw new AppError('SQL_ERROR', `This COPY doesn't write to ${target.path}.`, {
    action: 'Give a file in exports/, or a folder if the options create several files.',
  });
}

/**
 * Replaces the hidden folder in error messages by the target, and removes positions in SQL that the user didn't write.
 */
function targetError(error: unknown, aside: CopyAside, target: CopyTarget): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  let { message } = error;
  for (const part of ['probe', 'final'] as const)
    message = message.replaceAll(pathIn(aside, part, target), target.path);
  const reason = sqlError(new Error(message, { cause: error }), '', path.dirname(target.path));
  if (!(reason instanceof AppError)) return reason;
  const { position: _, ...details } = reason.details;
  return new AppError(reason.code, reason.message, details);
}
