import { z } from 'zod';
import { checkScopes, checkSeverities } from './refresh-summary';
import { calendarDateSchema, instantSchema } from './calendar';

/** A check that failed on a day at the last refresh. */
const failedCheckSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  scope: z.enum(checkScopes),
  rows: z.int().positive(),
});

/**
 * One day of events on disk, from file names, sizes and Parquet footers: no row is read. If gold comes from a cluster,
 * the days are those of the cluster, as its refresh recorded them.
 */
export const partitionSchema = z.object({
  date: calendarDateSchema,
  /** Whether its folder can't be read, such as for lack of permission; its files are unknown, and counted as none. */
  locked: z.boolean(),
  /** 0 if all files of the day were removed since the last refresh. */
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Null where there are no files, or where they are on a cluster. */
  modifiedAt: instantSchema.nullable(),
  /** Files of the day that can't be read as Parquet, by path from the workspace; their rows are not counted. */
  damagedFiles: z.array(z.string()),
  /** Files of the day that the last refresh left out because they are damaged or at odds with the others, by path. */
  leftOutFiles: z.array(z.string()),
  /** The files differ from what the last successful refresh read. */
  stale: z.boolean(),
  /** Users of the day counted by the last refresh; null if it did not count them. */
  users: z.int().nonnegative().nullable(),
  failedChecks: z.array(failedCheckSchema),
});

export type Partition = z.infer<typeof partitionSchema>;

/** One column of a Parquet file, over all its row groups; minimum and maximum as DuckDB writes them. */
const parquetColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  encodings: z.array(z.string()),
  compression: z.string(),
  compressedBytes: z.int().nonnegative(),
  uncompressedBytes: z.int().nonnegative(),
  /** Null if the file has no statistics. */
  nulls: z.int().nonnegative().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
});

export type ParquetColumn = z.infer<typeof parquetColumnSchema>;

/** The footer of a Parquet file. */
export const parquetFileSchema = z.object({
  /** From the workspace. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  modifiedAt: instantSchema,
  /** Whether the footer can't be read because the file is encrypted. */
  encrypted: z.boolean(),
  /** Null if the footer can't be read. */
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

/** Ways to break days on purpose. */
export const breakageKinds = ['duplicate', 'drop', 'shift', 'null-users', 'add-key'] as const;

export type BreakageKind = (typeof breakageKinds)[number];

/** How days were broken on purpose. `hours` is set for *shift*, `key` for *add-key*. */
export const breakageSchema = z
  .object({
    kind: z.enum(breakageKinds),
    hours: z.int().min(-23).max(23).optional(),
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .optional(),
  })
  .refine(({ kind, hours }) => kind !== 'shift' || (hours ?? 0) !== 0, {
    error: 'Hours must be a whole number from -23 to 23, and not 0.',
  })
  .refine(({ kind, key }) => kind !== 'add-key' || key !== undefined, {
    error: 'The key must have lower-case letters, digits and _ only, and begin with a letter.',
  });

export type Breakage = z.infer<typeof breakageSchema>;

/** What was done to broken days, in words: `each row twice`. */
export function breakageWords({ kind, hours = 0, key = '' }: Breakage): string {
  const words: Record<BreakageKind, string> = {
    duplicate: 'each row twice',
    drop: 'all rows dropped',
    shift: `times shifted by ${hours > 0 ? '+' : ''}${hours} h`,
    'null-users': 'users removed',
    'add-key': `the key ${key} added`,
  };
  return words[kind];
}

/** Days that were deleted or broken on purpose, and can be restored. */
export const deletionSchema = z.object({
  id: z.string(),
  deletedAt: instantSchema,
  days: z.array(calendarDateSchema),
  files: z.int().nonnegative(),
  /**
   * The last run in the log at that time, null for none; missing in notes of older versions. The clock is no
   * substitute, as it may be set back.
   */
  afterRun: z.string().nullable().optional(),
  /** Increases with each deletion in the trash; missing in notes of older versions. */
  sequence: z.int().nonnegative().optional(),
  /** Set if the days were broken on purpose: these stay restorable after a refresh. */
  breakage: breakageSchema.optional(),
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

/** A regenerated day: each file was made from the recipe of its run. */
export const repeatedDaySchema = z.object({
  date: calendarDateSchema,
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});

export type RepeatedDay = z.infer<typeof repeatedDaySchema>;
