import { z } from 'zod';
import { parameterSchema } from './results';
import { columnSchema } from './column-type';

/** Operations on an existing result; none of them runs the statement again. */

const columnIndexSchema = z.int().nonnegative();

export const filterOperators = [
  'equals', 'is not', 'contains', 'greater', 'at least', 'less', 'at most', 'is null', 'is not null',
] as const; // prettier-ignore
export type FilterOperator = (typeof filterOperators)[number];

export const filterSchema = z.object({
  column: columnIndexSchema,
  /** Compares the value at this JSON path in the column, as text; if absent, compares the column's own values. */
  path: z.string().optional(),
  operator: z.enum(filterOperators),
  /** As text, read as the column's type. Ignored by the NULL operators. */
  value: z.string(),
});
export type ResultFilter = z.infer<typeof filterSchema>;

export const sortSchema = z.object({ column: columnIndexSchema, descending: z.boolean() });
export type ResultSort = z.infer<typeof sortSchema>;

/** The rows of a result in another order, or fewer of them. Later entries of `sort` break ties. */
export const arrangementSchema = z.object({ sort: z.array(sortSchema), filters: z.array(filterSchema) });
export type Arrangement = z.infer<typeof arrangementSchema>;

export const arrangeRequestSchema = arrangementSchema.extend({
  resultId: z.string(),
  /** The id of the arranged result; see `resultId` of a run. */
  arrangedId: z.uuid().optional(),
});

export const cellRequestSchema = z.object({
  resultId: z.string(),
  row: z.int().nonnegative(),
  column: columnIndexSchema,
});

/** One cell, in full. */
export const cellSchema = z.object({
  text: z.string().nullable(),
  /** The same as JSON, for nested values: JSON text, structs, lists, maps. */
  json: z.string().nullable(),
  /** Its length in characters; `text` and `json` are cut if it is enormous. */
  length: z.int().nonnegative(),
});
export type Cell = z.infer<typeof cellSchema>;

/** Rows and columns of a result; the last row is included. */
export const areaSchema = z.object({
  resultId: z.string(),
  firstRow: z.int().nonnegative(),
  lastRow: z.int().nonnegative(),
  columns: z.array(columnIndexSchema).min(1),
});
export type ResultArea = z.infer<typeof areaSchema>;

/** Numbers as DuckDB writes them: sums of 64-bit integers and decimals stay exact. Null for none. */
export const areaSummarySchema = z.object({
  cells: z.int().nonnegative(),
  /** Cells that are not NULL. */
  count: z.int().nonnegative(),
  sum: z.string().nullable(),
  average: z.string().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
});
export type AreaSummary = z.infer<typeof areaSummarySchema>;

/** Rows of a result that a search reports together. */
export const findBlockRows = 2_048;

/** Longest text that can be searched for. */
export const maxFoundText = 1_000;

export const findRequestSchema = z.object({
  resultId: z.string(),
  /** Compared without regard to case with the values as DuckDB writes them. */
  text: z.string().min(1).max(maxFoundText),
  /** Columns to search, in the order in which matches of one row are counted. */
  columns: z.array(columnIndexSchema).min(1),
});
export type FindRequest = z.infer<typeof findRequestSchema>;

/** Only blocks with matches, in their order; block `n` has the rows from `n * findBlockRows`. */
export const foundBlocksSchema = z.array(z.object({ block: z.int().nonnegative(), count: z.int().positive() }));
export type FoundBlocks = z.infer<typeof foundBlocksSchema>;

export const foundInBlockRequestSchema = findRequestSchema.extend({ block: z.int().nonnegative() });

/** Row by row, and within a row in the order of the columns in the request. */
export const foundCellsSchema = z.array(z.object({ row: z.int().nonnegative(), column: columnIndexSchema }));
export type FoundCells = z.infer<typeof foundCellsSchema>;

export const copyFormats = ['tsv', 'csv', 'json', 'markdown'] as const;
export type CopyFormat = (typeof copyFormats)[number];
export const copyRequestSchema = areaSchema.extend({ format: z.enum(copyFormats), header: z.boolean() });

/** Most cells that can be copied to the clipboard; exports have no such limit. */
export const maxCopyCells = 1_000_000;

/** *csv-as-text* is CSV in which text that a spreadsheet would read as a formula starts with an apostrophe. */
export const exportFormats = ['csv', 'csv-as-text', 'parquet', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Identifies the process that asked for the export, so that a later start can tell whether it is still needed. */
export const exportIdSchema = z.string().regex(/^\d+(\.[0-9a-f]+){3}$/);

export const exportRequestSchema = z.object({
  resultId: z.string(),
  format: z.enum(exportFormats),
  /** Columns to write, in this order; all if absent. */
  columns: z.array(columnIndexSchema).min(1).optional(),
  /** From `exports.choose` of the main process, which knows the destination. */
  exportId: exportIdSchema,
});

export const exportEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number().min(0).max(1).nullable() }),
  z.object({ type: z.literal('done'), bytes: z.int().nonnegative(), rows: z.int().nonnegative() }),
]);
export type ExportEvent = z.infer<typeof exportEventSchema>;

const bucketSchema = z.object({ label: z.string(), count: z.int().nonnegative() });

export const columnProfileSchema = columnSchema.extend({
  rows: z.int().nonnegative(),
  nulls: z.int().nonnegative(),
  distinct: z.int().nonnegative(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  average: z.string().nullable(),
  /** For types with an order and a distance: numbers, dates and times. */
  quantiles: z.array(z.object({ fraction: z.number(), value: z.string() })),
  /** For numbers, dates and times: buckets of equal width from minimum to maximum. Otherwise empty. */
  histogram: z.array(bucketSchema),
  /** For all other types: the most frequent values. */
  top: z.array(bucketSchema),
  /** The SQL behind the numbers, over `result`. */
  sql: z.string(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** The profile of a model's column, which may be too large to read whole. */
export const modelColumnProfileSchema = columnProfileSchema.extend({
  /** Days that were sampled, of all that have rows; null if every row was read. */
  sample: z.object({ days: z.int().positive(), of: z.int().positive() }).nullable(),
});
export type ModelColumnProfile = z.infer<typeof modelColumnProfileSchema>;

export const chartKinds = ['line', 'bar', 'area', 'scatter'] as const;
export type ChartKind = (typeof chartKinds)[number];
export const aggregates = ['sum', 'average', 'min', 'max', 'count'] as const;
export type Aggregate = (typeof aggregates)[number];

export const chartSchema = z.object({
  kind: z.enum(chartKinds),
  x: columnIndexSchema,
  /** Unused for `count`. */
  y: columnIndexSchema.nullable(),
  aggregate: z.enum(aggregates),
  /** One line, bar or colour for each of its most frequent values. */
  series: columnIndexSchema.nullable(),
});
export type Chart = z.infer<typeof chartSchema>;
export const chartRequestSchema = chartSchema.extend({ resultId: z.string() });

/** Chart data: aggregated by DuckDB, at most a few hundred points. */
export const chartDataSchema = z.object({
  /**
   * *time*: x in milliseconds since 1970, as written, without a zone; *instant*: the same in UTC, to be shown in this
   * computer's zone; *category*: x is an index into `labels`.
   */
  axis: z.enum(['time', 'instant', 'number', 'category']),
  labels: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.number().nullable()])) })),
  /** A sentence, if the chart does not show every row: steps of time, categories or rows left out, sampled points. */
  note: z.string().nullable(),
  /** The SQL behind the points, over `result`. */
  sql: z.string(),
});
export type ChartData = z.infer<typeof chartDataSchema>;

export interface PlanNode {
  readonly name: string;
  /** Time of this operator alone, over all threads. */
  readonly ms: number;
  readonly rows: number;
  readonly details: { readonly name: string; readonly value: string }[];
  /** Only for a scan of Parquet: files left to read, of all that matched. */
  readonly files: { readonly read: number; readonly total: number } | null;
  readonly children: PlanNode[];
}

export const planNodeSchema: z.ZodType<PlanNode> = z.object({
  name: z.string(),
  ms: z.number().nonnegative(),
  rows: z.number().nonnegative(),
  details: z.array(z.object({ name: z.string(), value: z.string() })),
  files: z.object({ read: z.int().nonnegative(), total: z.int().nonnegative() }).nullable(),
  children: z.lazy(() => z.array(planNodeSchema)),
});

/** A Parquet file that a statement opened, and how much it read beyond the footer. */
export const parquetReadSchema = z.object({
  /** From the folder of the workspace. */
  path: z.string(),
  rowGroups: z.object({ read: z.int().nonnegative(), total: z.int().nonnegative() }),
  /** In the row groups that were read. */
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type ParquetRead = z.infer<typeof parquetReadSchema>;

/** From DuckDB's log of file accesses: actual reads, not estimates from statistics. */
export const parquetReadsSchema = z.object({
  opened: z.array(parquetReadSchema),
  /** Paths that DuckDB skipped by their folder names; null if it skipped some without listing them. */
  pruned: z.array(z.string()).nullable(),
});
export type ParquetReads = z.infer<typeof parquetReadsSchema>;

export const planSchema = z.object({
  totalMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  root: planNodeSchema,
  parquet: parquetReadsSchema,
});
export type Plan = z.infer<typeof planSchema>;

export const explainRequestSchema = z.object({
  sessionId: z.string().min(1),
  sql: z.string(),
  parameters: z.record(z.string(), parameterSchema).optional(),
});

export const saveMetricRequestSchema = z.object({
  /** The file name without `.sql`. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  summary: z.string(),
  grain: z.string(),
  sql: z.string(),
  /** The values of its `$name` parameters, which become their defaults. */
  parameters: z.record(z.string(), parameterSchema).optional(),
});
export type SaveMetricRequest = z.infer<typeof saveMetricRequestSchema>;
