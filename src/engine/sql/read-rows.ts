import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { z } from 'zod';

/** A count or size from DuckDB, which gives 64-bit integers as bigint; ours stay below 2^53. */
export const countSchema = z.union([z.bigint(), z.number()]).transform(Number).pipe(z.int());

/** Runs one of our own queries and validates its rows, since DuckDB's results are untyped. */
export async function readRows<Schema extends z.ZodType>(
  connection: DuckDBConnection,
  sql: string,
  schema: Schema,
  values?: Record<string, DuckDBValue>,
): Promise<z.output<Schema>[]> {
  const result = await connection.runAndReadAll(sql, values);
  return z.array(schema).parse(result.getRowObjectsJS());
}

/** Like {@link readRows} for a query that returns exactly one row. */
export async function readRow<Schema extends z.ZodType>(
  connection: DuckDBConnection,
  sql: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const [row] = await readRows(connection, sql, schema);
  return schema.parse(row);
}
