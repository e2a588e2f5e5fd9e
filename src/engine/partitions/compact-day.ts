import { sum } from '../../contract/sum';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Compaction } from '../../contract/partitions';
import { WorkspaceFiles } from '../fs/workspace-files';
import { commitExchange, discardRun } from '../commit/commit';
import { dayFolder, newRunId, runFolders } from '../events/paths';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { readFilesSql } from './day-hours';
import type { EventFile } from '../events/event-files';
import { fileBytes } from '../fs/exists';
import { countSchema, readRow } from '../sql/read-rows';
import { quotePath, quoteText } from '../sql/quote';

/**
 * Writes the rows of all files of a day into one file, in their order, and replaces them by it. The caller holds the
 * workspace's lock. The footer of the file lists the files that it was made from.
 * @throws AppError INVALID_OPTIONS, PARQUET_DAMAGED, DISK_FULL; nothing has changed then
 */
export async function compactDay(
  date: string,
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<Compaction> {
  if (files.length < 2) {
    throw new AppError('INVALID_OPTIONS', `Nothing to compact: ${date} has fewer than two files.`, {
      action: 'Select a day with several files.',
    });
  }
  const id = newRunId();
  const folder = path.join(runFolders(workspace, id).events, dayFolder(date));
  const target = path.join(folder, `events-${id}-0-0.parquet`);
  try {
    await new WorkspaceFiles(workspace).makeFolder(folder);
    const rows = await writeOneFile(files, target, workspace, connection);
    const bytesAfter = await fileBytes(target);
    await commitExchange(
      workspace,
      id,
      files.map((file) => path.join(dayFolder(date), path.basename(file.path))),
    );
    return { date, filesBefore: files.length, rows, bytesBefore: sum(files.map(({ bytes }) => bytes)), bytesAfter };
  } catch (error) {
    await discardRun(workspace, id);
    throw error;
  }
}

async function writeOneFile(
  files: readonly EventFile[],
  target: string,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<number> {
  const source = readFilesSql(files, workspace);
  const madeOf = files.map((file) => path.basename(file.path)).join(', ');
  try {
    await connection.run(
      `COPY (FROM ${source}) TO ${quoteText(target)} (
         FORMAT parquet, COMPRESSION snappy, KV_METADATA { compacted_from: ${quoteText(madeOf)} }
       )`,
    );
  } catch (error) {
    throw systemError(error, workspace.folder) ?? unreadable(error);
  }
  const count = async (relation: string) =>
    (await readRow(connection, `SELECT count(*) AS rows FROM ${relation}`, z.object({ rows: countSchema }))).rows;
  const [before, after] = [await count(source), await count(`read_parquet(${quotePath(target)})`)];
  if (before !== after) throw new Error(`Compacting ${before} rows wrote ${after}.`);
  return after;
}

function unreadable(error: unknown): unknown {
  if (!(error instanceof Error) || !/Invalid Input Error|No magic bytes|parquet/i.test(error.message)) return error;
  return new AppError('PARQUET_DAMAGED', "A file of this day can't be read, so the day was not compacted.", {
    action: 'Remove or regenerate the damaged file first. Nothing was changed.',
    cause: error.message,
  });
}
