import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { maxCompletedText, sqlTableSchema, sqlWordsSchema, suggestionSchema } from '../language';
import { calendarDateSchema } from '../calendar';
import { filterChoicesSchema, filteredMetricSchema, metricFilterSchema } from '../metric-filter';
import { breakageSchema, compactionSchema, deletionSchema, parquetFileSchema, partitionSchema } from '../partitions';
import {
  deletedMetricSchema,
  editMetricRequestSchema,
  metricNameSchema,
  metricStarters,
  ownMetricSchema,
} from '../own-metrics';
import { clusterConsoleContract } from './cluster-console-contract';
import { procedure } from './procedure';
import {
  areaSchema,
  areaSummarySchema,
  arrangeRequestSchema,
  cellRequestSchema,
  cellSchema,
  chartDataSchema,
  chartRequestSchema,
  columnProfileSchema,
  copyRequestSchema,
  explainRequestSchema,
  findRequestSchema,
  foundBlocksSchema,
  foundCellsSchema,
  foundInBlockRequestSchema,
  exportEventSchema,
  exportRequestSchema,
  modelColumnProfileSchema,
  planSchema,
  saveMetricRequestSchema,
} from '../result-work';
import { arrowStreamSchema, resultSchema, runEventSchema, runRequestSchema, windowRequestSchema } from '../results';
import { checkSchema, refreshSummarySchema } from '../refresh-summary';
import { sourceColumnsSchema, sourceFilesSchema, sourceProfileRequestSchema, sourceProfileSchema } from '../sources';
import { traceSchema, traceSubjectSchema } from '../trace';
import {
  databaseFileStateSchema,
  modelSchema,
  refreshLogEntrySchema,
  refreshRequestSchema,
  refreshStateSchema,
  warehouseSummarySchema,
} from '../warehouse';

const modelInput = z.object({ model: z.string() });
const dayInput = z.object({ date: calendarDateSchema });

/** Calls from the window to the warehouse process: everything that reads or writes `micro_warehouse.duckdb`. */
export const warehouseContract = {
  summary: procedure.output(warehouseSummarySchema),
  /** Every day that has files, or had some at the last refresh, by date. */
  partitions: procedure.output(z.array(partitionSchema)),
  day: {
    /** The footers of a day's Parquet files. */
    files: procedure.input(dayInput).output(z.array(parquetFileSchema)),
    /** Events of a day by hour of their time, 0 to 23. */
    hours: procedure.input(dayInput).output(z.array(z.int().nonnegative()).length(24)),
    /** Merges all files of a day into one. */
    compact: procedure.input(dayInput).output(compactionSchema),
    /** Moves the files of days to the trash; they can be restored until the next refresh. */
    remove: procedure.input(z.object({ dates: z.array(calendarDateSchema).min(1) })).output(deletionSchema),
    /** Breaks days on purpose; undone like a deletion, also after a refresh. */
    break: procedure
      .input(z.object({ dates: z.array(calendarDateSchema).min(1), breakage: breakageSchema }))
      .output(deletionSchema),
    /** Deletions that can be undone, newest first. */
    deletions: procedure.output(z.array(deletionSchema)),
    restore: procedure.input(z.object({ id: z.string() })).output(deletionSchema),
  },
  metric: {
    filterChoices: procedure.output(filterChoicesSchema),
    filtered: procedure.input(z.object({ name: z.string(), filter: metricFilterSchema })).output(filteredMetricSchema),
  },
  /** Models in dependency order. */
  models: procedure.output(z.array(modelSchema)),
  model: {
    /** Statistics of a model's columns; for a large model from sampled days, unless `everything` is set. */
    profile: procedure
      .input(z.object({ name: z.string(), column: z.string(), everything: z.boolean() }))
      .output(modelColumnProfileSchema),
    /** Traces one user or team from bronze to gold. */
    trace: procedure.input(traceSubjectSchema).output(traceSchema),
  },
  refresh: {
    /**
     * Returns once the refresh has started; follow it with `watch`. Without input, it is incremental and fails at
     * damaged files.
     */
    start: procedure.input(refreshRequestSchema.prefault({})).output(z.void()),
    cancel: procedure.output(z.void()),
    watch: procedure.output(eventIterator(refreshStateSchema)),
    /** Rows of `refresh_log`, newest first. */
    history: procedure.output(z.array(refreshLogEntrySchema)),
    /** The report of one refresh: waterfall, checks, diff. Null if it is not in the log. */
    summary: procedure.input(z.object({ refreshId: z.int().positive() })).output(refreshSummarySchema.nullable()),
  },
  /** The checks and their latest results, over all days. */
  checks: procedure.output(z.array(checkSchema)),
  /** Saves a query as a model of the workspace; returns its path in the workspace. */
  saveMetric: procedure.input(saveMetricRequestSchema).output(z.string()),
  /** The user's own metrics, which are files of the workspace; the next refresh follows. */
  ownMetric: {
    read: procedure.input(modelInput).output(ownMetricSchema),
    /** INVALID_OPTIONS if the file has changed since it was read. */
    edit: procedure.input(editMetricRequestSchema).output(z.void()),
    rename: procedure.input(modelInput.extend({ name: metricNameSchema })).output(z.void()),
    /** Returns the path of the copy in the workspace. */
    duplicate: procedure.input(modelInput.extend({ name: metricNameSchema })).output(z.string()),
    remove: procedure.input(modelInput).output(deletedMetricSchema),
    restore: procedure.input(z.object({ id: z.string() })).output(z.void()),
    /** Writes a metric that ships as a start; returns the name of its model. */
    addStarter: procedure.input(z.object({ starter: z.enum(metricStarters) })).output(z.string()),
  },
  databaseFile: {
    watch: procedure.output(eventIterator(databaseFileStateSchema)),
    /** Releases the database file, so that other programs can open it. Refused during a refresh. */
    release: procedure.output(z.void()),
    /** Reopens the database file: the Retry of DATABASE_LOCKED. */
    open: procedure.output(z.void()),
  },
  results: {
    /** Runs one statement, read-only unless the request allows changes; leaving the iterator early cancels it. */
    run: procedure.input(runRequestSchema).output(eventIterator(runEventSchema)),
    /** Rows `offset` to `offset + limit` of a result as an Arrow IPC stream, in the order of the statement. */
    window: procedure.input(windowRequestSchema).output(arrowStreamSchema),
    /** Cancels the statement with this result; returns once it has stopped. */
    cancel: procedure.input(z.object({ resultId: z.string() })).output(z.void()),
    /** A result with the same rows, sorted and filtered; it is closed with the original, or before. */
    arrange: procedure.input(arrangeRequestSchema).output(resultSchema),
    cell: procedure.input(cellRequestSchema).output(cellSchema),
    /** Count, sum, average, minimum and maximum of cells. */
    summarise: procedure.input(areaSchema).output(areaSummarySchema),
    /** Cells as text for the clipboard. */
    copy: procedure.input(copyRequestSchema).output(z.string()),
    profile: procedure
      .input(z.object({ resultId: z.string(), column: z.int().nonnegative() }))
      .output(columnProfileSchema),
    /** Counts the cells that contain a text, by block of rows, over the whole result. */
    find: procedure.input(findRequestSchema).output(foundBlocksSchema),
    /** The cells of one block that contain the text, row by row. */
    foundInBlock: procedure.input(foundInBlockRequestSchema).output(foundCellsSchema),
    chart: procedure.input(chartRequestSchema).output(chartDataSchema),
    /** Writes all rows to a file that `exports` of the main process picks up; leaving the iterator early cancels it. */
    export: procedure.input(exportRequestSchema).output(eventIterator(exportEventSchema)),
    /** Runs a SELECT and returns the profile of its operators. */
    explain: procedure.input(explainRequestSchema).output(planSchema),
    /** Drops a result and those arranged from it; if it is still being computed, it is dropped when finished. */
    close: procedure.input(z.object({ resultId: z.string() })).output(z.void()),
    /** Ends a session: cancels its statement and drops its results and temporary tables. */
    closeSession: procedure.input(z.object({ sessionId: z.string() })).output(z.void()),
  },
  clusterConsole: clusterConsoleContract,
  /** Files that SQL can read besides the tables of `language.schema`, and profiles of all columns. */
  sources: {
    files: procedure.output(sourceFilesSchema),
    /** The columns of a file of the workspace. */
    columns: procedure.input(z.object({ path: z.string() })).output(sourceColumnsSchema),
    profile: procedure.input(sourceProfileRequestSchema).output(sourceProfileSchema),
  },
  language: {
    /** DuckDB's own keywords, types and functions. */
    words: procedure.output(sqlWordsSchema),
    /** Tables and views that SQL can use, with their columns. */
    schema: procedure.output(z.array(sqlTableSchema)),
    /** Temporary tables and views of a session; none if it has not run anything. */
    temporary: procedure.input(z.object({ sessionId: z.string() })).output(z.array(sqlTableSchema)),
    /** DuckDB's own completions for a text that ends at the cursor. */
    complete: procedure.input(z.object({ text: z.string().max(maxCompletedText) })).output(z.array(suggestionSchema)),
    /** Keys of the JSON objects in a column of that name, from a sample of its rows. */
    jsonKeys: procedure.input(z.object({ column: z.string() })).output(z.array(z.string())),
  },
};

export type WarehouseContract = typeof warehouseContract;
