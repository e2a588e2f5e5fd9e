import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Workspace } from '../workspace';
import { quoteIdentifier, quoteText } from './sql-text';

/** Files written aside, not yet under the names that readers know. */
export interface PendingExports {
  /** Renames the files into place, over the older ones; returns their paths from the workspace. */
  publish(): Promise<string[]>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Writes each gold model to a Parquet file beside its final name, so that a reader never meets half a file. */
export async function writeExports(
  models: readonly string[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<PendingExports> {
  await mkdir(workspace.exportsFolder, { recursive: true });
  const files = models.map((model) => ({
    final: path.join(workspace.exportsFolder, `${model}.parquet`),
    aside: path.join(workspace.exportsFolder, `.${model}.parquet.new`),
  }));
  const discard = async () => {
    await Promise.all(files.map(({ aside }) => rm(aside, { force: true })));
  };
  try {
    for (const [index, model] of models.entries()) {
      const aside = files[index]?.aside ?? '';
      await connection.run(
        `COPY ${quoteIdentifier(model)} TO ${quoteText(aside)} (FORMAT parquet, COMPRESSION snappy)`,
      );
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    discard,
    publish: async () => {
      for (const { aside, final } of files) await rename(aside, final);
      return models.map((model) => `exports/${model}.parquet`);
    },
  };
}
