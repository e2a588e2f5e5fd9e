import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Recipe } from '../../contract/recipe';
import type { Chunk } from '../../contract/generator-messages';
import { systemError } from '../system-error';
import { quoteText } from '../warehouse/sql-text';
import { workspaceAt } from '../workspace';
import { dayFolder, filePattern, runFolders, type RunFolders } from './run-files';

/** What DuckDB may use; the process as a whole stays below 500 MB. */
const memoryLimit = '300MB';

/** DuckDB's own size of a row group. */
const rowGroupRows = 122_880;

export interface WriterOptions {
  readonly runId: string;
  readonly recipe: Recipe;
  /** The workspace. */
  readonly folder: string;
  readonly sqlFolder: string;
}

/** Writes chunks of days as Parquet into a run's staging folder, with a DuckDB of its own. */
export class EventWriter {
  private constructor(
    private readonly options: WriterOptions,
    private readonly folders: RunFolders,
    private readonly connection: DuckDBConnection,
    private readonly sql: { readonly blocks: string; readonly events: string },
  ) {}

  /** @throws AppError when the SQL can't be read or the disk is in the way */
  static async open(options: WriterOptions): Promise<EventWriter> {
    const folders = runFolders(workspaceAt(options.folder), options.runId);
    const read = (name: string) => readFile(path.join(options.sqlFolder, `${name}.sql`), 'utf8');
    const [lookups, blocks, events] = await Promise.all([read('lookups'), read('blocks'), read('uniform')]);
    const instance = await DuckDBInstance.create(':memory:', {
      // One thread a process: DuckDB's own parallelism would put a day's rows in another order each time.
      threads: '1',
      memory_limit: memoryLimit,
      temp_directory: folders.spill,
      // Rows that wait for their file to be written; by default four times as many, which a day of millions would take.
      partitioned_write_flush_threshold: String(rowGroupRows),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    // Else the rows may become the build side of a join with a lookup table: five times slower and in memory as a whole.
    await connection.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
    const { seed, users, teams } = options.recipe;
    for (const [name, value] of Object.entries({ seed, users, teams })) {
      await connection.run(`SET VARIABLE ${name} = $1`, [value]);
    }
    await connection.run(lookups);
    return new EventWriter(options, folders, connection, { blocks, events });
  }

  /**
   * Writes one file for each day of the chunk and returns their bytes.
   * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID, OUT_OF_MEMORY
   */
  async write(chunk: Chunk): Promise<number> {
    try {
      await this.connection.run(this.sql.blocks, { days: JSON.stringify(chunk.days) });
      await this.connection.run(
        `COPY (\n${this.sql.events}\n) TO ${quoteText(this.folders.events)} (
           FORMAT parquet, COMPRESSION snappy, PARTITION_BY (date), OVERWRITE_OR_IGNORE,
           FILENAME_PATTERN '${filePattern(this.options.runId, chunk)}'
         )`,
      );
    } catch (error) {
      throw writeError(error, this.options.folder);
    }
    return bytesOf(chunk, this.folders);
  }
}

/**
 * The readers of this data rely on one file a day and run: better to stop than to break that in silence. Synchronous,
 * as it is over in a millisecond and this process has nothing else to do.
 */
function bytesOf({ days }: Chunk, { events }: RunFolders): number {
  return days.reduce((sum, { date }) => {
    const folder = path.join(events, dayFolder(date));
    const [file = '', ...others] = readdirSync(folder);
    if (others.length > 0) throw new Error(`${date} got more than one file: ${[file, ...others].join(', ')}`);
    return sum + statSync(path.join(folder, file)).size;
  }, 0);
}

function writeError(error: unknown, folder: string): unknown {
  if (error instanceof Error && error.message.startsWith('Out of Memory Error')) {
    return new AppError('OUT_OF_MEMORY', 'A generator process ran out of memory.', {
      action: 'Spread the rows over more days, then try again. Nothing of this run was kept.',
      cause: error.message,
    });
  }
  return systemError(error, folder) ?? error;
}
