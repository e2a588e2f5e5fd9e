import { z } from 'zod';
import { AppError } from '../../../contract/app-error';
import { quoteText } from '../../sql/quote';
import { isMissing, type ClusterSession } from '../session';

const fileSchema = z.object({ path: z.string(), date: z.string(), bytes: z.bigint(), version: z.string() });

/** An event file as the cluster sees it. */
export interface ClusterFile {
  readonly path: string;
  readonly date: string;
  readonly bytes: number;
  /** Changes with every rewrite. */
  readonly version: string;
}

/** The files of a refresh, and the statement that wrote their list. */
export interface FileList {
  readonly files: readonly ClusterFile[];
  readonly queryId: string;
}

/** A file that isn't read, and its day. */
export interface LeftOutFile {
  readonly path: string;
  readonly date: string;
}

/** Condition on the path of a row's file that leaves some files out. */
export function notIn(column: string, files: readonly LeftOutFile[]): string {
  return files.length === 0 ? 'true' : `${column} NOT IN (${files.map(({ path }) => quoteText(path)).join(', ')})`;
}

/** Makes the folders of new days partitions of a table over the event files, and forgets those that are gone. */
export async function syncPartitions(
  session: ClusterSession,
  table: 'events' | 'event_columns' = 'events',
): Promise<void> {
  const { eventsCatalog, eventsSchema } = session.settings;
  const catalog = `"${eventsCatalog.replaceAll('"', '""')}"`;
  await session.run(
    `CALL ${catalog}.system.sync_partition_metadata(${quoteText(eventsSchema.toLowerCase())}, ${quoteText(table)}, 'FULL')`,
  );
}

/**
 * Writes the files that exist now into `refresh_manifest`, and returns them. Files that arrive later are those of the
 * next refresh. Reading the names opens every file's footer, so a damaged one fails it.
 */
export async function listFiles(session: ClusterSession, leftOut: readonly LeftOutFile[]): Promise<FileList> {
  const { queryId } = await session.run(
    `CREATE OR REPLACE TABLE ${session.result('refresh_manifest')} AS
     SELECT "$path" AS path, date, "$file_size" AS bytes, CAST("$file_modified_time" AS VARCHAR) AS version,
       count(*) AS row_count
     FROM ${session.eventsTable} WHERE ${notIn('"$path"', leftOut)}
     GROUP BY "$path", date, "$file_size", "$file_modified_time"`,
  );
  return { files: await readFiles(session, ''), queryId };
}

/** The files of an earlier refresh; none if its snapshot is gone. */
export async function filesBefore(session: ClusterSession, snapshot: string | undefined): Promise<ClusterFile[]> {
  if (snapshot === undefined) return [];
  return readFiles(session, `FOR VERSION AS OF ${snapshot}`).catch((error: unknown) => {
    if (isMissing(error) || isGoneSnapshot(error)) return [];
    throw error;
  });
}

async function readFiles(session: ClusterSession, version: string): Promise<ClusterFile[]> {
  const rows = await session.rows(
    `SELECT path, CAST(date AS VARCHAR) AS date, bytes, version FROM ${session.result('refresh_manifest')} ${version}
     ORDER BY path`,
    fileSchema,
  );
  return rows.map(({ bytes, ...file }) => ({ ...file, bytes: Number(bytes) }));
}

/** Somebody has expired the snapshot. */
export function isGoneSnapshot(error: unknown): boolean {
  const name = error instanceof AppError ? error.details.cluster?.errorName : undefined;
  return name === 'INVALID_ARGUMENTS' || name === 'ICEBERG_INVALID_SNAPSHOT_ID';
}
