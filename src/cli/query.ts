import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../contract/app-error';
import { wholeNumber } from '../contract/recipe';
import { ClusterConsole } from '../engine/cluster/console/cluster-console';
import { openCluster } from '../engine/cluster/open-cluster';
import { Console } from '../engine/console/console';
import { Database } from '../engine/database/database';
import { rowsTableOf } from '../engine/sql/result-names';
import type { ResultTable } from '../engine/results/result-table';
import { Session } from '../engine/console/session';
import { openWarehouseDatabase } from '../engine/warehouse/mend-views';
import type { Workspace } from '../engine/workspace';
import { readClusterOptions, type ClusterOptions } from './cluster-options';
import type { CommandContext, CommonOptions } from './context';
import { note } from './output/output';
import { printRowsAsJson, printTable } from './output/result-rows';
import { namedWorkspace, openToRead, recoverToRead } from './workspace';

/** Options of a query on a cluster, as typed. */
export interface ClusterQueryOptions extends ClusterOptions {
  readonly mostRows: string;
}

/** Runs one statement read-only and prints its rows: an aligned table, or JSON with `columns` and `rows`. */
export async function queryCommand(sql: string, options: CommonOptions, context: CommandContext): Promise<void> {
  const { workspace, readOnly } = await openToRead(options);
  if (!readOnly) await recoverToRead(workspace);
  // Relative paths in SQL start at the workspace: 'exports/*.parquet'.
  process.chdir(workspace.folder);
  await withResult(workspace, sql, context, options.json ? printRowsAsJson : printTable, readOnly);
}

/** Runs one query on the cluster and prints its rows in the same way. */
export async function clusterQueryCommand(
  sql: string,
  options: CommonOptions & ClusterQueryOptions,
  { signal }: CommandContext,
): Promise<void> {
  const access = readClusterOptions(options, { needsLocation: false });
  const mostRows = readMostRows(options.mostRows);
  const workspace = await namedWorkspace(options);
  const client = await openCluster(access);
  // Nothing of the workspace is read: its database only holds the rows, in memory.
  const database = await Database.open(workspace, { readOnly: true });
  const console = new Console(database);
  try {
    const cluster = new ClusterConsole(console, client);
    const { result, more, notes } = await cluster.run('query', sql, { signal, mostRows });
    await console.results.withTable(result.resultId, options.json ? printRowsAsJson : printTable);
    for (const text of notes) note(text);
    if (more) note(`These are the first ${mostRows} rows; --most-rows <n> fetches more.`);
  } finally {
    await console.closeAll();
    database.close();
    await client.close();
  }
}

function readMostRows(text: string): number {
  const parsed = wholeNumber('Rows', 1, 1_000_000_000).safeParse(/^\d+$/.test(text) ? Number(text) : text);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_OPTIONS', 'The option --most-rows must be a whole number from 1.', {
    action: 'Correct it, or leave it out.',
  });
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
