import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadModels } from '../src/engine/warehouse/models';

/**
 * The SQL and the exports of the same models, typed into DuckDB as a person would: no checks, no manifest, no comparison
 * with the last refresh, no log, no transaction.
 */
async function main(folder: string): Promise<void> {
  const models = await loadModels(path.resolve('resources/models'));
  process.chdir(folder);
  mkdirSync('exports', { recursive: true });
  const instance = await DuckDBInstance.create('raw.duckdb');
  const connection = await instance.connect();
  for (const { name, kind, layer, sql } of models) {
    await connection.run(`CREATE ${kind === 'view' ? 'VIEW' : 'TABLE'} ${name} AS ${sql}`);
    await connection.run(`SELECT count(*) FROM ${name}`);
    if (layer === 'gold') await connection.run(`COPY ${name} TO 'exports/${name}.parquet' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
}

const [folder = ''] = process.argv.slice(2);
void main(folder);
