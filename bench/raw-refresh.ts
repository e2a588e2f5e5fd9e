import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { withoutEnd } from '../src/engine/sql/sql-comments';
import { loadChecks } from '../src/engine/models/check-file';
import { loadModels } from '../src/engine/models/models';

/**
 * The SQL and the exports of the same models, run in DuckDB as a person would type them, optionally with the checks: no
 * manifest, no comparison with the last refresh, no log, no transaction.
 */
async function main(folder: string, withChecks: boolean): Promise<void> {
  const models = await loadModels(path.resolve('resources/models'));
  const checks = withChecks ? await loadChecks(path.resolve('resources/models')) : [];
  process.chdir(folder);
  mkdirSync('exports', { recursive: true });
  const instance = await DuckDBInstance.create('raw.duckdb');
  const connection = await instance.connect();
  for (const { name, kind, layer, sql } of models) {
    await connection.run(`CREATE ${kind === 'view' ? 'VIEW' : 'TABLE'} ${name} AS ${sql}`);
    await connection.run(`SELECT count(*) FROM ${name}`);
    if (layer === 'gold') await connection.run(`COPY ${name} TO 'exports/${name}.parquet' (FORMAT parquet)`);
  }
  // Warehouse checks need records that only a refresh keeps. Conditions on single rows share one pass, as a person who
  // cares about time would write them.
  const conditions = checks.flatMap(({ condition }) => (condition ? [`count(*) FILTER (${condition.text})`] : []));
  if (conditions.length > 0) await connection.run(`SELECT ${conditions.join(', ')} FROM bronze_events`);
  for (const { sql } of checks.filter(({ scope, condition }) => scope === 'day' && !condition)) {
    await connection.run(`SELECT count(*) FROM (\n${withoutEnd(sql)}\n)`);
  }
  connection.closeSync();
  instance.closeSync();
}

const [folder = '', ...options] = process.argv.slice(2);
void main(folder, options.includes('--checks'));
