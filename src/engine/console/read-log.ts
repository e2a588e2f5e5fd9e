import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ParquetRead } from '../../contract/result-work';
import type { Database } from '../database/database';
import { countSchema, readRows } from '../sql/read-rows';
import { quotePath } from '../sql/quote';

const connectionSchema = z.object({ id: countSchema });
const pathSchema = z.object({ path: z.string() });
const readSchema = z.object({
  path: z.string(),
  read: countSchema,
  total: countSchema,
  rows: countSchema,
  bytes: countSchema,
});

/** The result of a statement, and the Parquet files that its connection opened meanwhile. */
export interface Watched<T> {
  readonly outcome: T;
  readonly opened: ParquetRead[];
}

/**
 * Finds the parts of Parquet files that DuckDB read, from its log of file accesses, which includes the effects of
 * statistics and filters at run time. The log is complete, since DuckDB's cache of local files is off here. It belongs
 * to the whole instance and is on only while somebody watches.
 */
export class ReadLog {
  #watchers = 0;

  constructor(private readonly database: Database) {}

  /** Records the reads of `connection` while `work` runs on it. */
  async watch<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<Watched<T>> {
    const [{ id } = { id: -1 }] = await readRows(connection, 'SELECT current_connection_id() AS id', connectionSchema);
    this.#watchers += 1;
    try {
      await this.database.use((own) => own.run(`CALL enable_logging('FileSystem')`));
      const outcome = await work();
      return { outcome, opened: await this.database.use((own) => readsOf(id, own)) };
    } finally {
      this.#watchers -= 1;
      // It fails only if DuckDB has failed, which `work` has reported.
      if (this.#watchers === 0) await this.database.use(stopLogging).catch(() => undefined);
    }
  }
}

async function stopLogging(own: DuckDBConnection): Promise<void> {
  await own.run('CALL disable_logging()');
  await own.run('CALL truncate_duckdb_logs()');
}

/** A read belongs to the row group in which it starts; reads of the footer belong to none. */
async function readsOf(connectionId: number, own: DuckDBConnection): Promise<ParquetRead[]> {
  const accesses = `FROM duckdb_logs_parsed('FileSystem')
    WHERE connection_id = ${connectionId} AND path ILIKE '%.parquet'`;
  const paths = await readRows(own, `SELECT DISTINCT path ${accesses}`, pathSchema);
  if (paths.length === 0) return [];
  const files = paths.map(({ path }) => quotePath(path)).join(', ');
  const sql = `
    WITH chunks AS (
      SELECT file_name, row_group_id, row_group_num_rows,
        least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0), data_page_offset)) AS first, total_compressed_size
      FROM parquet_metadata([${files}])
    ), row_groups AS (
      SELECT file_name AS path, row_group_id, any_value(row_group_num_rows) AS rows,
        min(first) AS first, max(first + total_compressed_size) AS beyond
      FROM chunks GROUP BY ALL
    ), reads AS (
      SELECT path, pos, bytes ${accesses} AND op = 'READ'
    ), touched AS (
      SELECT path, row_group_id, sum(bytes) AS bytes
      FROM row_groups JOIN reads USING (path) WHERE pos >= first AND pos < beyond GROUP BY ALL
    )
    SELECT path, count(*) AS total, count(bytes) AS read,
      CAST(coalesce(sum(rows) FILTER (bytes > 0), 0) AS BIGINT) AS rows, CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes
    FROM row_groups LEFT JOIN touched USING (path, row_group_id) GROUP BY path ORDER BY path`;
  const reads = await readRows(own, sql, readSchema);
  return reads.map(({ path, read, total, rows, bytes }) => ({ path, rowGroups: { read, total }, rows, bytes }));
}
