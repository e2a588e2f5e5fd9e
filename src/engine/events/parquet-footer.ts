import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ParquetFile } from '../../contract/partitions';
import type { Workspace } from '../workspace';
import type { EventFile } from './event-files';
import { parquetMagicOf } from './parquet-magic';
import { countSchema, readRow, readRows } from '../sql/read-rows';
import { quotePath } from '../sql/quote';

const fileSchema = z.object({ rows: countSchema, created_by: z.string().nullable() });

const groupSchema = z.object({ rows: countSchema, compressed: countSchema, uncompressed: countSchema });

const columnSchema = z.object({
  name: z.string(),
  type: z.string().nullable(),
  encodings: z.string(),
  compression: z.string(),
  compressed: countSchema,
  uncompressed: countSchema,
  nulls: countSchema.nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
});

/** Reads the footers of Parquet files, but no rows. A damaged file has no footer. */
export async function readFooters(
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<ParquetFile[]> {
  const read: ParquetFile[] = [];
  for (const file of files) {
    const { path: name, bytes, modifiedMs } = file;
    const absolute = path.join(workspace.folder, name);
    const footer = await readFooter(absolute, connection).catch(() => null);
    const encrypted = footer === null && (await parquetMagicOf(absolute)) === 'encrypted';
    read.push({ path: name, bytes, modifiedAt: new Date(modifiedMs).toISOString(), encrypted, footer });
  }
  return read;
}

async function readFooter(file: string, connection: DuckDBConnection): Promise<ParquetFile['footer']> {
  const source = quotePath(file);
  const { rows, created_by: createdBy } = await readRow(
    connection,
    `SELECT num_rows AS rows, created_by FROM parquet_file_metadata(${source})`,
    fileSchema,
  );
  const groups = await readRows(
    connection,
    `SELECT any_value(row_group_num_rows) AS rows, sum(total_compressed_size)::BIGINT AS compressed,
       sum(total_uncompressed_size)::BIGINT AS uncompressed
     FROM parquet_metadata(${source}) GROUP BY row_group_id ORDER BY row_group_id`,
    groupSchema,
  );
  const columns = await readRows(connection, columnsSql(source), columnSchema);
  return {
    rows,
    createdBy: createdBy ?? 'unknown',
    rowGroups: groups.map((group) => ({
      rows: group.rows,
      compressedBytes: group.compressed,
      uncompressedBytes: group.uncompressed,
    })),
    columns: columns.map(({ compressed, uncompressed, encodings, type, ...column }) => ({
      ...column,
      type: type ?? 'unknown',
      encodings: encodings.split(', '),
      compressedBytes: compressed,
      uncompressedBytes: uncompressed,
    })),
  };
}

/** Statistics are stored as text; the minimum and maximum over row groups are found in the column's own type. */
function columnsSql(source: string): string {
  const extreme = (pick: 'min' | 'max') => `CASE
      WHEN any_value(duckdb_type) IN ('BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'HUGEINT')
        THEN CAST(${pick}(TRY_CAST(stats_${pick}_value AS HUGEINT)) AS VARCHAR)
      WHEN any_value(duckdb_type) IN ('DOUBLE', 'FLOAT')
        THEN CAST(${pick}(TRY_CAST(stats_${pick}_value AS DOUBLE)) AS VARCHAR)
      ELSE ${pick}(stats_${pick}_value) END`;
  return `SELECT path_in_schema AS name, any_value(duckdb_type) AS type,
      array_to_string(list_sort(list_distinct(flatten(list(string_split(encodings, ', '))))), ', ') AS encodings,
      any_value(compression) AS compression,
      sum(total_compressed_size)::BIGINT AS compressed, sum(total_uncompressed_size)::BIGINT AS uncompressed,
      sum(stats_null_count)::BIGINT AS nulls, ${extreme('min')} AS min, ${extreme('max')} AS max
    FROM parquet_metadata(${source}) AS metadata
    LEFT JOIN (SELECT name, duckdb_type FROM parquet_schema(${source})) AS types ON types.name = path_in_schema
    GROUP BY path_in_schema ORDER BY any_value(metadata.column_id)`;
}
