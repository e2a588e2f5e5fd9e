import { z } from 'zod';
import { checkSeverities } from './refresh-summary';
import { calendarDateSchema, instantSchema } from './calendar';

/** A check with offending rows on a day, as the last refresh found. */
const failedCheckSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  rows: z.int().positive(),
});

/** One day of events on disk, from file names, sizes and Parquet footers: no row is read for it. */
export const partitionSchema = z.object({
  date: calendarDateSchema,
  /** 0 where all files of the day were removed since the last refresh. */
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Null where there are no files. */
  modifiedAt: instantSchema.nullable(),
  /** Files of the day that are no readable Parquet, by path from the workspace; their rows are not counted. */
  damagedFiles: z.array(z.string()),
  /** Files of the day that the last refresh left out because they are damaged or at odds with the others, by path. */
  leftOutFiles: z.array(z.string()),
  /** The files differ from what the last successful refresh read. */
  stale: z.boolean(),
  /** Users of the day as the last refresh counted them; null where it did not. */
  users: z.int().nonnegative().nullable(),
  failedChecks: z.array(failedCheckSchema),
});

export type Partition = z.infer<typeof partitionSchema>;

/** One column of a Parquet file, over all its row groups; smallest and largest as DuckDB writes them. */
const parquetColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  encodings: z.array(z.string()),
  compression: z.string(),
  compressedBytes: z.int().nonnegative(),
  uncompressedBytes: z.int().nonnegative(),
  /** Null where the file keeps no statistics. */
  nulls: z.int().nonnegative().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
});

export type ParquetColumn = z.infer<typeof parquetColumnSchema>;

/** What a Parquet file says of itself in its footer. */
export const parquetFileSchema = z.object({
  /** From the workspace. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  modifiedAt: instantSchema,
  /** Whether the footer can't be read since the file is encrypted. */
  encrypted: z.boolean(),
  /** Null where the footer can't be read. */
  footer: z
    .object({
      rows: z.int().nonnegative(),
      createdBy: z.string(),
      rowGroups: z.array(
        z.object({
          rows: z.int().nonnegative(),
          compressedBytes: z.int().nonnegative(),
          uncompressedBytes: z.int().nonnegative(),
        }),
      ),
      columns: z.array(parquetColumnSchema),
    })
    .nullable(),
});

export type ParquetFile = z.infer<typeof parquetFileSchema>;

/** Days that were deleted and can be brought back. */
export const deletionSchema = z.object({
  id: z.string(),
  deletedAt: instantSchema,
  days: z.array(calendarDateSchema),
  files: z.int().nonnegative(),
  /** The last run in the log at that time, null for none; missing in notes of older versions. Clocks may be set back. */
  afterRun: z.string().nullable().optional(),
  /** Counts up from one deletion in the trash to the next; missing in notes of older versions. */
  sequence: z.int().nonnegative().optional(),
});

export type Deletion = z.infer<typeof deletionSchema>;

export const compactionSchema = z.object({
  date: calendarDateSchema,
  filesBefore: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytesBefore: z.int().nonnegative(),
  bytesAfter: z.int().nonnegative(),
});

export type Compaction = z.infer<typeof compactionSchema>;

/** A day whose files were made again, each by the recipe of its run. */
export const repeatedDaySchema = z.object({
  date: calendarDateSchema,
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});

export type RepeatedDay = z.infer<typeof repeatedDaySchema>;
