import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Column } from '../../contract/column-type';
import type { Model } from '../../contract/warehouse';
import { readBuiltModels, type BuiltModel } from './built-tables';
import type { BrokenModel, ModelSet } from '../models/models';
import { readRows } from '../sql/read-rows';
import { readFinishTimes, readOrigin } from './refresh-log';

const columnsSql = `
  SELECT table_name, column_name, data_type
  FROM duckdb_columns()
  WHERE database_name = current_database() AND schema_name = 'main'
  ORDER BY table_name, column_index`;

const rowSchema = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() });

/**
 * Joins the declarations of the model files with the contents of the database; counts come from the last refresh, not
 * from scans.
 * @param connection null if there is no database
 */
export async function describeModels(modelSet: ModelSet, connection: DuckDBConnection | null): Promise<Model[]> {
  const columns = new Map<string, Column[]>();
  for (const row of connection ? await readRows(connection, columnsSql, rowSchema) : []) {
    const { table_name: table, column_name: name, data_type: type } = row;
    columns.set(table, [...(columns.get(table) ?? []), { name, type }]);
  }
  const known = connection ? await readBuiltModels(connection) : new Map<string, BuiltModel>();
  const finished = connection ? await readFinishTimes(connection) : new Map<number, string>();
  const builtOf = (name: string): Model['built'] => {
    const standing = columns.get(name);
    const built = known.get(name);
    if (!standing || !built) return null;
    const { rows, refreshId } = built;
    return { columns: standing, rows, refreshId, changedAt: finished.get(refreshId) ?? null };
  };
  const onCluster = connection !== null && (await readOrigin(connection)) !== null;
  const onClusterOf = (name: string): Model['onCluster'] => {
    const built = known.get(name);
    if (!onCluster || !built || built.problem || columns.has(name)) return null;
    const { rows, refreshId } = built;
    return { rows, refreshId, changedAt: finished.get(refreshId) ?? null };
  };
  return [
    ...modelSet.models.map(({ file: _file, parameters: _parameters, dependsOnLine: _line, ...model }) => ({
      ...model,
      problem: known.get(model.name)?.problem ?? null,
      built: builtOf(model.name),
      onCluster: onClusterOf(model.name),
    })),
    ...modelSet.broken.map((model) => brokenModel(model, builtOf(model.name))),
  ];
}

function brokenModel({ name, sql, problem }: BrokenModel, built: Model['built']): Model {
  return {
    name,
    layer: 'gold',
    kind: 'table',
    period: null,
    origin: 'user',
    grain: 'not known',
    summary: "Your own metric, which can't be read.",
    dependsOn: [],
    columns: [],
    sql,
    trinoSql: null,
    problem: problem.toReport(),
    built,
    onCluster: null,
  };
}
