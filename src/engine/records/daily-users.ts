import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { countSchema, readRows } from '../sql/read-rows';
import { readRecords, UnreadableRecords } from './read-records';

/**
 * Users of each day as counted by the last refresh; empty if that metric isn't built, or if a table of its name has other
 * columns.
 */
export async function readDailyUsers(connection: DuckDBConnection): Promise<Map<string, number>> {
  const built = await readRows(
    connection,
    `SELECT table_name FROM duckdb_tables()
     WHERE database_name = current_database() AND table_name = 'gold_daily_active_users'`,
    z.object({ table_name: z.string() }),
  );
  if (built.length === 0) return new Map();
  const read = readRecords(
    connection,
    'SELECT CAST(date AS VARCHAR) AS date, daily_active_users AS users FROM gold_daily_active_users',
    z.object({ date: z.string(), users: countSchema }),
  );
  try {
    return new Map((await read).map(({ date, users }) => [date, users]));
  } catch (error) {
    // Somebody has made a table of that name of their own; the next refresh builds the metric again.
    if (error instanceof UnreadableRecords) return new Map();
    throw error;
  }
}
