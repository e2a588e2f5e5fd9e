import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsTableOf } from '../engine/sql/result-names';
import type { ResultTable } from '../engine/results/result-table';
import { Session } from '../engine/console/session';
import { openWarehouseDatabase } from '../engine/warehouse/mend-views';
import type { Workspace } from '../engine/workspace';
import type { CommandContext, CommonOptions } from './context';
import { printRowsAsJson, printTable } from './output/result-rows';
import { openToRead, recoverToRead } from './workspace';

/** Runs one statement read-only and prints its rows: an aligned table, or JSON with `columns` and `rows`. */
export async function queryCommand(sql: string, options: CommonOptions, context: CommandContext): Promise<void> {
  const { workspace, readOnly } = await openToRead(options);
  if (!readOnly) await recoverToRead(workspace);
  // Relative paths in SQL start at the workspace: 'exports/*.parquet'.
  process.chdir(workspace.folder);
  await withResult(workspace, sql, context, options.json ? printRowsAsJson : printTable, readOnly);
}

/** Runs one statement and passes its result to `work`. */
export async function withResult<T>(
  workspace: Workspace,
  sql: string,
  { signal, resourcesFolder }: CommandContext,
  work: (table: ResultTable, connection: DuckDBConnection) => Promise<T>,
  readOnly = false,
): Promise<T> {
  const database = await openWarehouseDatabase(workspace, path.join(resourcesFolder, 'models'), { readOnly });
  try {
    const session = await Session.open(database);
    try {
      const { table } = await session.run(sql, rowsTableOf(randomUUID()), { signal });
      return await session.use((connection) => work(table, connection));
    } finally {
      // All statements have ended when the database is closed.
      await session.close();
    }
  } finally {
    database.close();
  }
}
