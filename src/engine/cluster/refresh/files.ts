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

/** A file that isn't read, and its day. */
export interface LeftOutFile {
  readonly path: string;
  readonly date: string;
}

/** Condition on the path of a row's file that leaves some files out. */
export function notIn(column: string, files: readonly LeftOutFile[]): string {
  return files.length === 0 ? 'true' : `${column} NOT IN (${files.map(({ path }) => quoteText(path)).join(', ')})`;
}

/** Makes the folders of new days partitions of the events table, and forgets those that are gone. */
export async function syncPartitions(session: ClusterSession): Promise<void> {
  const { eventsCatalog, eventsSchema } = session.settings;
  const catalog = `"${eventsCatalog.replaceAll('"', '""')}"`;
  await session.run(
    `CALL ${catalog}.system.sync_partition_metadata(${quoteText(eventsSchema.toLowerCase())}, 'events', 'FULL')`,
  );
}

/**
 * Writes the files that exist now into `refresh_manifest`, and returns them. Files that arrive later are those of the
 * next refresh. Reading the names opens every file's footer, so a damaged one fails it.
 */
export async function listFiles(session: ClusterSession, leftOut: readonly LeftOutFile[]): Promise<ClusterFile[]> {
  await session.run(
    `CREATE OR REPLACE TABLE ${session.result('refresh_manifest')} AS
     SELECT "$path" AS path, date, "$file_size" AS bytes, CAST("$file_modified_time" AS VARCHAR) AS version,
       count(*) AS row_count
     FROM ${session.eventsTable} WHERE ${notIn('"$path"', leftOut)}
     GROUP BY "$path", date, "$file_size", "$file_modified_time"`,
  );
  return readFiles(session, '');
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

/** Those of the files left out before that still can't be used: read column by column. */
export async function stillDamaged(session: ClusterSession, files: readonly LeftOutFile[]): Promise<LeftOutFile[]> {
  const damaged: LeftOutFile[] = [];
  for (const file of files) {
    const read = `SELECT count_if(year(event_time) NOT BETWEEN 1 AND 9999) AS far, max(user_id) AS u, max(team_id) AS t,
        max(event_name) AS e, max(length(properties)) AS p
      FROM ${session.eventsTable} WHERE "$path" = ${quoteText(file.path)}`;
    const isDamaged = await session.rows(read, z.object({ far: z.bigint() })).then(
      ([row]) => (row?.far ?? 0n) > 0n,
      (error: unknown) => {
        if (damagedFileOf(error) === null) throw error;
        return true;
      },
    );
    if (isDamaged) damaged.push(file);
  }
  return damaged;
}

/** A file with values that nothing here can use. */
export class OddFile extends Error {
  constructor(
    readonly file: LeftOutFile,
    reason: string,
  ) {
    super(reason);
  }
}

/** The file that makes a refresh fail, if one does. */
export function oddFileOf(error: unknown): LeftOutFile | null {
  return error instanceof OddFile ? error.file : damagedFileOf(error);
}

/** Trino's names of errors about the contents of one file. */
const fileErrors =
  /^HIVE_(?:BAD_DATA|CANNOT_OPEN_SPLIT|CURSOR_ERROR|MISSING_DATA|FILESYSTEM_ERROR|INVALID_PARTITION_VALUE|PARTITION_SCHEMA_MISMATCH)$/;

/** The file that a statement failed at; null if it failed for another reason. */
export function damagedFileOf(error: unknown): LeftOutFile | null {
  if (!(error instanceof AppError) || !fileErrors.test(error.details.cluster?.errorName ?? '')) return null;
  const [path] = /[a-z0-9]+:\/{1,3}[^\s'"]+\.parquet/i.exec(`${error.message} ${error.details.cause ?? ''}`) ?? [];
  const date = /\/date=(\d{4}-\d\d-\d\d)\//.exec(path ?? '')?.[1];
  return path && date ? { path, date } : null;
}

/** The error of a refresh that met a damaged file. */
export function damagedFileError({ path }: LeftOutFile, cause: Error): AppError {
  const why = cause instanceof OddFile ? `can't be used: ${cause.message}` : "is damaged: the cluster can't read it";
  return new AppError('PARQUET_DAMAGED', `${path} ${why}.`, {
    action: 'Refresh without it, or copy it there again. Your last refresh is intact.',
    ...(cause instanceof OddFile ? {} : { cause: cause.message }),
  });
}
