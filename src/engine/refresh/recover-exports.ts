import { z } from 'zod';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { sweepCopies } from '../console/copy/copy-aside';
import { sweepStagedExports } from '../results/export-file';
import type { Workspace } from '../workspace';
import type { Database } from '../database/database';
import { hasUnsettledExports, settleExports } from './exports';
import { countSchema, readRow } from '../sql/read-rows';

/**
 * Finishes or removes what killed programs have left in `exports/`: unfinished COPYs, unfinished exports of results,
 * and exports of a refresh, which are published where that refresh was committed. To be called when a program opens a
 * workspace; one folder is listed where nothing is left.
 *
 * No other process can be refreshing meanwhile: it would hold the database file, and then its files are left alone.
 */
export async function recoverExports(workspace: Workspace, database: Database): Promise<void> {
  try {
    await sweepCopies(workspace);
    await sweepStagedExports(workspace);
    if (!(await hasUnsettledExports(workspace))) return;
    await database.hold(async () => {
      if (!(await database.attach({ create: false }))) return;
      await database.use((connection) => settleExports(workspace, (id) => hasSucceeded(id, connection)));
    });
  } catch (error) {
    // What keeps this from being done (a locked or damaged database, a disk that is full or read-only) is told by
    // whatever meets it next, and must not keep the workspace from being opened.
    if (!(error instanceof AppError) && !isSystemError(error)) throw error;
  }
}

/** Whether a refresh was committed. */
export async function hasSucceeded(refreshId: number, connection: DuckDBConnection): Promise<boolean> {
  const sql = `SELECT count(*) AS rows FROM refresh_log WHERE refresh_id = ${refreshId} AND status = 'succeeded'`;
  return (await readRow(connection, sql, z.object({ rows: countSchema }))).rows > 0;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
