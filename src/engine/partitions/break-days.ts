import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { breakageSchema, type Breakage, type Deletion } from '../../contract/partitions';
import { appendBreak } from '../commit/break-log';
import { deleteDays } from '../commit/trash';
import { dayFolder } from '../events/paths';
import { eventFilesOf } from '../events/unread-entries';
import { systemError } from '../fs/system-error';
import { WorkspaceFiles } from '../fs/workspace-files';
import { quoteText } from '../sql/quote';
import type { Workspace } from '../workspace';
import { readFilesSql } from './day-hours';

/**
 * Breaks days on purpose, to see which check, fact and metric notices: their files go to the trash, and one file per
 * day takes their place. Undone like a deletion, also after a refresh. The caller holds the workspace's lock.
 * @throws AppError INVALID_OPTIONS, NO_EVENTS, PARQUET_DAMAGED, DISK_FULL; nothing has changed then
 */
export async function breakDays(
  dates: readonly string[],
  wanted: Breakage,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<Deletion> {
  const { data: breakage, error } = breakageSchema.safeParse(wanted);
  if (!breakage) {
    throw new AppError('INVALID_OPTIONS', error.issues[0]?.message ?? 'The days can’t be broken like that.', {
      action: 'Choose another value.',
    });
  }
  const write = async (folder: string, id: string, days: readonly string[]) => {
    if (breakage.kind === 'drop') return;
    for (const date of days)
      await writeBroken(date, breakage, path.join(folder, dayFolder(date)), id, workspace, connection);
  };
  const deletion = await deleteDays(workspace, dates, { breakage, write });
  await appendBreak(workspace, { id: deletion.id, at: deletion.deletedAt, days: deletion.days, breakage });
  return deletion;
}

async function writeBroken(
  date: string,
  breakage: Breakage,
  folder: string,
  id: string,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const target = path.join(folder, `events-${id}-0-0.parquet`);
  const source = readFilesSql(await eventFilesOf(workspace, date), workspace);
  await files.makeFolder(folder);
  await files.checkTarget(target);
  try {
    await connection.run(
      `COPY (${brokenRows(source, breakage)}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION snappy)`,
    );
  } catch (error) {
    throw systemError(error, workspace.folder) ?? unreadable(error, date);
  }
}

/** The rows of broken days. @param source a table function with the rows as they are */
function brokenRows(source: string, { kind, hours = 0, key = '' }: Breakage): string {
  if (kind === 'duplicate') return `FROM ${source} UNION ALL FROM ${source}`;
  if (kind === 'shift') {
    return `SELECT * REPLACE (CAST(event_time AS TIMESTAMP) + ${hours} * INTERVAL 1 HOUR AS event_time) FROM ${source}`;
  }
  if (kind === 'null-users') return `SELECT * REPLACE (CAST(NULL AS BIGINT) AS user_id) FROM ${source}`;
  // Only of objects that aren't empty: other texts are mess already.
  const pair = quoteText(`,"${key}":true}`);
  return `SELECT * REPLACE (
    CASE WHEN properties LIKE '{"%}' THEN left(properties, -1) || ${pair} ELSE properties END AS properties
  ) FROM ${source}`;
}

function unreadable(error: unknown, date: string): unknown {
  if (!(error instanceof Error) || !/Invalid Input Error|No magic bytes|parquet/i.test(error.message)) return error;
  return new AppError('PARQUET_DAMAGED', `A file of ${date} can't be read, so nothing was broken.`, {
    action: 'Remove or regenerate the damaged file first.',
    cause: error.message,
  });
}
