import { z } from 'zod';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { sweepCopies } from '../console/copy/copy-aside';
import { sweepStagedExports } from '../results/export-file';
import type { Workspace } from '../workspace';
import type { Database } from '../database/database';
import { hasUnsettledExports, settleExports } from './exports';
import { countSchema, readRows } from '../sql/read-rows';

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
      await database.use((connection) => settleExports(workspace, (ids) => succeededOf(ids, connection)));
    });
  } catch (error) {
    // Whatever prevents this (a locked or damaged database, a full or read-only disk) is reported by the next job that
    // meets it, and must not prevent the workspace from opening.
    if (!(error instanceof AppError) && !isSystemError(error)) throw error;
  }
}

/** Those of some refreshes that were committed. */
export async function succeededOf(refreshIds: readonly number[], connection: DuckDBConnection): Promise<Set<number>> {
  const rows = await readRows(
    connection,
    `SELECT DISTINCT refresh_id AS id FROM refresh_log
     WHERE status = 'succeeded' AND refresh_id IN (SELECT unnest(CAST($ids AS BIGINT[])))`,
    z.object({ id: countSchema }),
    { ids: JSON.stringify(refreshIds) },
  );
  return new Set(rows.map(({ id }) => id));
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
