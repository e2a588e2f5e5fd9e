import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { readRows } from '../sql/read-rows';

/**
 * Rows of the warehouse's own records that no refresh writes. The database file may come from anybody: like a damaged one
 * it is set aside by the next refresh.
 */
export class UnreadableRecords extends AppError {
  constructor(cause: string) {
    super('DATABASE_DAMAGED', 'The records of earlier refreshes in micro_warehouse.duckdb can’t be read.', {
      action: 'Refresh: the file is set aside, never deleted, and the warehouse is rebuilt from the Parquet files.',
      cause,
    });
  }
}

/**
 * Reads tables of records, or tables that refreshes have built: like {@link readRows}, but a value that does not fit is the
 * fault of the file.
 * @throws UnreadableRecords, or DuckDB's own error for anything but the values
 */
export function readRecords<Schema extends z.ZodType>(
  connection: DuckDBConnection,
  sql: string,
  schema: Schema,
  values?: Record<string, DuckDBValue>,
): Promise<z.output<Schema>[]> {
  return orUnreadable(() => readRows(connection, sql, schema, values));
}

/** Parses JSON that a column of records holds. @throws UnreadableRecords */
export function parseRecord<Schema extends z.ZodType>(schema: Schema, json: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(json));
  } catch (error) {
    throw unreadable(error);
  }
}

async function orUnreadable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error);
  }
}

/** DuckDB's messages where values, or the columns of a built table, differ from those that a refresh writes. */
const valueErrors = /^(?:Out of Range|Conversion|Binder) Error/;

function unreadable(error: unknown): unknown {
  if (error instanceof z.ZodError) return new UnreadableRecords(z.prettifyError(error));
  if (error instanceof SyntaxError) return new UnreadableRecords(error.message);
  return error instanceof Error && valueErrors.test(error.message) ? new UnreadableRecords(error.message) : error;
}
