import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Workspace } from '../workspace';
import type { EventFile } from '../events/event-files';
import { countSchema, readRows } from '../sql/read-rows';
import { quotePath } from '../sql/quote';

/**
 * `read_parquet` over the given files, which may have different columns; a table function.
 * @param filename whether the rows include the name of their file
 */
export function readFilesSql(
  files: readonly EventFile[],
  workspace: Workspace,
  { filename = false }: { readonly filename?: boolean } = {},
): string {
  const list = files.map((file) => quotePath(path.join(workspace.folder, file.path))).join(', ');
  return `read_parquet([${list}], union_by_name = true, hive_partitioning = false${filename ? ', filename = true' : ''})`;
}

/** Events by hour, 0 to 23. Reads one column of one day. */
export async function countHours(
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<number[]> {
  const hours = Array.from({ length: 24 }, () => 0);
  if (files.length === 0) return hours;
  const rows = await readRows(
    connection,
    `SELECT hour(CAST(event_time AS TIMESTAMP)) AS hour, count(*) AS events
     FROM ${readFilesSql(files, workspace)} WHERE event_time IS NOT NULL GROUP BY ALL`,
    z.object({ hour: countSchema, events: countSchema }),
  );
  for (const { hour, events } of rows) hours[hour] = events;
  return hours;
}
