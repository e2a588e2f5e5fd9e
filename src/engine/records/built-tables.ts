import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { errorReportSchema, type ErrorReport } from '../../contract/app-error';
import { countSchema, readRows } from '../sql/read-rows';
import { parseRecord, readRecords } from './read-records';

/** A refresh's record of a model that it has built. */
export interface BuiltModel {
  readonly name: string;
  readonly fingerprint: string;
  readonly definition: string;
  readonly rows: number;
  readonly refreshId: number;
  readonly problem: ErrorReport | null;
}

const schema = z.object({
  name: z.string(),
  fingerprint: z.string(),
  definition: z.string(),
  rows: countSchema,
  refresh_id: countSchema,
  problem: z.string().nullable(),
});

const readSql = `
  SELECT name, fingerprint, definition, rows, refresh_id, CAST(problem AS VARCHAR) AS problem FROM refresh_models`;

export async function readBuiltModels(connection: DuckDBConnection): Promise<Map<string, BuiltModel>> {
  const rows = await readRecords(connection, readSql, schema);
  return new Map(
    rows.map(({ refresh_id: refreshId, problem, ...row }) => [
      row.name,
      { ...row, refreshId, problem: problem === null ? null : parseRecord(errorReportSchema, problem) },
    ]),
  );
}

export async function writeBuiltModels(connection: DuckDBConnection, models: readonly BuiltModel[]): Promise<void> {
  await connection.run('DELETE FROM refresh_models');
  await connection.run(
    `INSERT INTO refresh_models
     SELECT model->>'name', model->>'fingerprint', model->>'definition', CAST(model->>'rows' AS BIGINT),
       CAST(model->>'refreshId' AS BIGINT), CASE WHEN model->>'problem' IS NOT NULL THEN model->'problem' END
     FROM (SELECT unnest(CAST($models AS JSON[])) AS model)`,
    { models: JSON.stringify(models) },
  );
}

/** Kind of each relation in the database, by name. */
export type Relations = ReadonlyMap<string, 'view' | 'table'>;

/** Tables and views of the database file; another client may have dropped or replaced some. */
export async function readRelations(connection: DuckDBConnection): Promise<Relations> {
  const rows = await readRows(
    connection,
    `SELECT view_name AS name, 'view' AS kind FROM duckdb_views()
     WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
     UNION ALL
     SELECT table_name, 'table' FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main'`,
    z.object({ name: z.string(), kind: z.enum(['view', 'table']) }),
  );
  return new Map(rows.map(({ name, kind }) => [name, kind]));
}
