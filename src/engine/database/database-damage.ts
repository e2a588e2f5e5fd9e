import { catalog } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Workspace } from '../workspace';
import { Database } from './database';
import { databaseError } from './database-file';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';

/**
 * Opens only the database file and reads all of its tables. Nothing else may have it open.
 * @returns the damage (DATABASE_DAMAGED); null if the file is healthy or missing
 * @throws AppError DATABASE_LOCKED, DISK_FULL, ... if that can't be determined
 */
export async function damageOf(workspace: Workspace): Promise<AppError | null> {
  const database = await Database.open(workspace);
  try {
    if (await database.attach({ create: false })) await database.use(readEverything);
    return null;
  } catch (error) {
    const reason = databaseError(error, workspace);
    if (reason instanceof AppError && reason.code === 'DATABASE_DAMAGED') return reason;
    throw reason;
  } finally {
    database.close();
  }
}

/** Checksums are verified as blocks are read. */
async function readEverything(connection: DuckDBConnection): Promise<void> {
  const tables = await readRows(
    connection,
    `SELECT schema_name AS schema, table_name AS name FROM duckdb_tables() WHERE database_name = ${quoteText(catalog)}`,
    z.object({ schema: z.string(), name: z.string() }),
  );
  for (const { schema, name } of tables) {
    const table = [catalog, schema, name].map(quoteIdentifier).join('.');
    await connection.run(`SELECT max(hash(COLUMNS(*))) FROM ${table}`);
  }
}
