import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { recipeSchema, type Profile } from '../src/contract/recipe';
import type { Chunk } from '../src/contract/rpc/generator-messages';
import { prepareGeneration } from '../src/engine/generation/worker/generation-sql';
import { planChunks } from '../src/engine/generation/plan/plan';

/**
 * The bare minimum that writes the same rows: one process, one DuckDB, one connection per requested core, the same SQL
 * over the same chunks, without any safety (staging, journal, lock, validation, progress).
 */
async function main(folder: string, rows: number, profile: Profile, connections: number): Promise<void> {
  const recipe = recipeSchema.parse({ rows, profile });
  const queue = planChunks(recipe);
  const events = path.join(folder, 'data/events');
  mkdirSync(events, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const work = async () => {
    const connection = await instance.connect();
    const sql = await prepareGeneration(connection, recipe, path.resolve('resources/generation'));
    for (let chunk: Chunk | undefined = queue.shift(); chunk; chunk = queue.shift()) {
      await connection.run(sql.blocks, { days: JSON.stringify(chunk.days) });
      await connection.run(
        `COPY (${sql.events}) TO '${events}' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (date),
           OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'events-${chunk.index}-')`,
      );
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
}

const [folder = '', rows = '', profile = '', connections = '1'] = process.argv.slice(2);
void main(folder, Number(rows), profile === 'uniform' ? 'uniform' : 'realistic', Number(connections));
