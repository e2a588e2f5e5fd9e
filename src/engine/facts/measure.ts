import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { readRows } from '../sql/read-rows';
import type { Measurement } from './kinds/fact-kind';

const finite = z
  .number()
  .nullable()
  .transform((value) => (value !== null && Number.isFinite(value) ? value : null));

const measurementSchema = z.object({
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  scope: z.string().nullable(),
  measured: finite,
  margin: finite,
  observed: finite,
  expected: finite,
  confidence: finite,
});

/** Runs a proof or a detector; rows without a size or a confidence count as none. */
export async function measure(sql: string, connection: DuckDBConnection): Promise<Measurement[]> {
  const rows = await readRows(
    connection,
    `SELECT CAST(first_day AS VARCHAR) AS first_day, CAST(last_day AS VARCHAR) AS last_day, scope,
       CAST(COLUMNS(['measured', 'margin', 'observed', 'expected', 'confidence']) AS DOUBLE)
     FROM (\n${sql}\n)`,
    measurementSchema,
  );
  return rows.flatMap(({ first_day: firstDay, last_day: lastDay, measured, confidence, ...row }) =>
    measured === null || confidence === null ? [] : { ...row, firstDay, lastDay, measured, confidence },
  );
}
