import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { recipeSchema } from '../src/contract/recipe';
import type { Chunk } from '../src/contract/generator-messages';
import { planChunks } from '../src/engine/generation/plan';

/**
 * The bare minimum that writes the same rows: one process, one DuckDB, a connection a core, the same SQL over the same
 * chunks, and nothing of what makes it safe (staging, journal, lock, validation, progress).
 */
async function main(folder: string, rows: number, connections: number): Promise<void> {
  const sql = (name: string) => readFileSync(path.resolve('resources/generation', `${name}.sql`), 'utf8');
  const recipe = recipeSchema.parse({ rows });
  const queue = planChunks(recipe);
  const events = path.join(folder, 'data/events');
  mkdirSync(events, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const work = async (lookups: string) => {
    const connection = await instance.connect();
    await connection.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
    for (const name of ['seed', 'users', 'teams'] as const) {
      await connection.run(`SET VARIABLE ${name} = ${recipe[name]}`);
    }
    await connection.run(lookups);
    for (let chunk: Chunk | undefined = queue.shift(); chunk; chunk = queue.shift()) {
      await connection.run(sql('blocks'), { days: JSON.stringify(chunk.days) });
      await connection.run(
        `COPY (${sql('uniform')}) TO '${events}' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (date),
           OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'events-${chunk.index}-')`,
      );
    }
  };
  await Promise.all(Array.from({ length: connections }, () => work(sql('lookups'))));
}

const [folder = '', rows = '', connections = '2'] = process.argv.slice(2);
void main(folder, Number(rows), Number(connections));
