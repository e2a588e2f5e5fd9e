import { z } from 'zod';
import { AppError, errorReportSchema } from '../../../contract/app-error';
import { waterfallStepSchema } from '../../../contract/refresh-summary';
import { refreshLogEntrySchema } from '../../../contract/warehouse';
import { quoteText } from '../../sql/quote';
import { unexpectedRecords, type ClusterSession } from '../session';
import type { ClusterLock } from './lock';

/** A model as a refresh left it. */
const builtSchema = z.object({
  name: z.string(),
  layer: z.string(),
  fingerprint: z.string(),
  definition: z.string(),
  rows: z.int().nonnegative(),
  /** The refresh that last changed its rows. */
  refreshId: z.int().positive(),
  problem: errorReportSchema.nullable(),
});

export type ClusterModel = z.output<typeof builtSchema>;

/** The state of the cluster after a refresh, except for rows. */
export const clusterStateSchema = z.object({
  models: z.array(builtSchema),
  /** The valid snapshot of each table, by its name. Others can write to the log, so it must be a number. */
  snapshots: z.record(z.string(), z.string().regex(/^\d+$/)),
  /** Fingerprints of the checks that were run, by name. */
  checks: z.record(z.string(), z.string()),
  /** Files that aren't read, and their days. */
  leftOut: z.array(z.object({ path: z.string(), date: z.string() })),
  waterfall: z.array(waterfallStepSchema),
  /** Days whose files had changed. */
  changedDays: z.array(z.string()),
});

export type ClusterState = z.output<typeof clusterStateSchema>;

const entrySchema = refreshLogEntrySchema.omit({ cluster: true });

/** A row of the cluster's `refresh_log`. */
export interface ClusterRefreshRecord {
  readonly refreshId: number;
  readonly finishedAt: string;
  readonly entry: z.output<typeof entrySchema>;
  readonly state: ClusterState;
}

const rowSchema = z.object({ refresh_id: z.bigint(), entry: z.string(), state: z.string() });

/** The last refresh that has ended; null before the first one. Its row is what makes its snapshots valid. */
export async function readLastRefresh(session: ClusterSession): Promise<ClusterRefreshRecord | null> {
  const log = session.result('refresh_log');
  const [row] = await session.rows(
    `SELECT refresh_id, entry, state FROM ${log} WHERE refresh_id = (SELECT max(refresh_id) FROM ${log})`,
    rowSchema,
  );
  if (!row) return null;
  try {
    const entry = entrySchema.parse(JSON.parse(row.entry));
    const state = clusterStateSchema.parse(JSON.parse(row.state));
    return { refreshId: Number(row.refresh_id), finishedAt: entry.finishedAt, entry, state };
  } catch (error) {
    throw unexpectedRecords("The cluster's log of refreshes can't be read.", error);
  }
}

/**
 * Appends the row that makes a refresh valid, if the lock is still held.
 * @throws AppError CLUSTER_BUSY if another refresh has taken the lock over
 */
export async function commitRefresh(
  session: ClusterSession,
  { refreshId, entry, state }: ClusterRefreshRecord,
  lock: ClusterLock,
): Promise<void> {
  const log = session.result('refresh_log');
  const at = (instant: string) => `from_iso8601_timestamp(${quoteText(instant)})`;
  const values = [
    `BIGINT '${refreshId}'`,
    `CAST(${at(entry.startedAt)} AS TIMESTAMP(6) WITH TIME ZONE)`,
    `CAST(${at(entry.finishedAt)} AS TIMESTAMP(6) WITH TIME ZONE)`,
    ...[lock.holder, JSON.stringify(entry), JSON.stringify(state)].map(quoteText),
  ];
  await session.run(
    `INSERT INTO ${log} SELECT ${values.join(', ')} FROM ${session.result('refresh_lock')}
     WHERE holder = ${quoteText(lock.holder)} AND NOT EXISTS (SELECT 1 FROM ${log} WHERE refresh_id = ${refreshId})`,
  );
  const [row] = await session.rows(
    `SELECT holder FROM ${log} WHERE refresh_id = ${refreshId}`,
    z.object({ holder: z.string() }),
  );
  if (row?.holder === lock.holder) return;
  throw new AppError('CLUSTER_BUSY', 'Another refresh on the cluster has taken over, so this one was given up.', {
    action: 'Refresh again when it has ended. Nothing was changed.',
  });
}

/** The current snapshots of tables, by name; a missing table has none. */
export async function currentSnapshots(
  session: ClusterSession,
  tables: readonly string[],
): Promise<Map<string, string>> {
  const { resultsCatalog, resultsSchema } = session.settings;
  if (tables.length === 0) return new Map();
  const existing = await session.rows(
    `SELECT table_name AS name FROM "${resultsCatalog.replaceAll('"', '""')}".information_schema.tables
     WHERE table_schema = ${quoteText(resultsSchema.toLowerCase())} AND table_type = 'BASE TABLE'`,
    z.object({ name: z.string() }),
  );
  const names = new Set(existing.map(({ name }) => name));
  const found = tables.filter((table) => names.has(table));
  const ofMain = (table: string) => `FROM ${session.result(`${table}$refs`)} WHERE name = 'main'`;
  return readSnapshots(session, new Map(found.map((table) => [table, ofMain(table)])));
}

/**
 * The snapshots that statements have written, by table. They may no longer be the current ones: a statement of a refresh
 * that was killed can end after ours.
 * @param statements their ids, by table
 */
export async function writtenSnapshots(
  session: ClusterSession,
  statements: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const from = [...statements].map(([table, queryId]): [string, string] => [
    table,
    `FROM ${session.result(`${table}$snapshots`)} WHERE element_at(summary, 'trino_query_id') = ${quoteText(queryId)}`,
  ]);
  const found = await readSnapshots(session, new Map(from));
  const others = [...statements.keys()].filter((table) => !found.has(table));
  // One that wrote nothing has no snapshot of its own.
  return new Map([...found, ...(await currentSnapshots(session, others))]);
}

/** @param from the end of a SELECT of one snapshot, by table */
async function readSnapshots(session: ClusterSession, from: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  if (from.size === 0) return new Map();
  const parts = [...from].map(
    ([table, rest]) => `SELECT ${quoteText(table)} AS name, CAST(snapshot_id AS VARCHAR) AS id ${rest}`,
  );
  const rows = await session.rows(parts.join('\nUNION ALL\n'), z.object({ name: z.string(), id: z.string() }));
  return new Map(rows.map(({ name, id }) => [name, id]));
}
