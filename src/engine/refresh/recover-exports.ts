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
 * Cleans up `exports/` after killed programs: removes unfinished COPYs and exports of results, and publishes the
 * exports of a refresh if it was committed. Call it when a program opens a workspace; without leftovers it only lists
 * one folder.
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
    // Whatever prevents this (a locked or damaged database, a full or read-only disk) is reported by the next job that
    // meets it, and must not prevent the workspace from opening.
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
