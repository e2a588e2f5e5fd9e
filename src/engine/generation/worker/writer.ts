import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../contract/app-error';
import type { Recipe } from '../../../contract/recipe';
import type { Chunk } from '../../../contract/rpc/generator-messages';
import { WorkspaceFiles } from '../../fs/workspace-files';
import { systemError } from '../../fs/system-error';
import { quoteText } from '../../sql/quote';
import { workspaceAt } from '../../workspace';
import { expectedBytes } from '../plan/file-size';
import { prepareGeneration, type GenerationSql } from './generation-sql';
import { writePidFile } from '../../commit/generator-pids';
import { dayFolder, filePattern, runFolders, type RunFolders } from '../../events/paths';
import { sum } from '../../../contract/sum';

/** DuckDB's memory limit; the whole process stays below 500 MB. */
const memoryLimit = '300MB';

/** Larger chunks take seconds, so their progress is reported. */
const watchedRows = 1_000_000;
const watchMs = 250;

/** Most rows that are buffered before they become a row group. */
const flushRows = 122_880;

export interface WriterOptions {
  readonly runId: string;
  readonly recipe: Recipe;
  /** The workspace. */
  readonly folder: string;
  readonly agreedLinks: Readonly<Record<string, string>>;
  readonly sqlFolder: string;
}

/** Writes chunks of days as Parquet into a run's staging folder, with its own DuckDB. */
export class EventWriter {
  private constructor(
    private readonly options: WriterOptions,
    private readonly folders: RunFolders,
    private readonly connection: DuckDBConnection,
    private readonly sql: GenerationSql,
  ) {}

  /** @throws AppError if the disk can't be written; the system's error if the SQL can't be read */
  static async open(options: WriterOptions): Promise<EventWriter> {
    const workspace = workspaceAt(options.folder, new Map(Object.entries(options.agreedLinks)));
    const folders = runFolders(workspace, options.runId);
    await writePidFile(new WorkspaceFiles(workspace), folders.generators).catch((error: unknown) => {
      throw systemError(error, options.folder) ?? error;
    });
    const instance = await DuckDBInstance.create(':memory:', {
      // One thread per process: parallel DuckDB would write the rows of a day in a different order each time.
      threads: '1',
      memory_limit: memoryLimit,
      temp_directory: folders.spill,
      // Rows buffered per file; the default is four times as many, which a day of millions of rows would use.
      partitioned_write_flush_threshold: String(Math.min(flushRows, options.recipe.rowGroupRows)),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const sql = await prepareGeneration(connection, options.recipe, options.sqlFolder);
    return new EventWriter(options, folders, connection, sql);
  }

  /**
   * Writes one file per day of the chunk and returns their bytes.
   * @param onRows called from time to time with the approximate number of rows written of a large chunk
   * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID, OUT_OF_MEMORY
   */
  async write(chunk: Chunk, onRows: (rows: number) => void): Promise<number> {
    const watch = this.#watchSize(chunk, onRows);
    const { compression: codec, rowGroupRows } = this.options.recipe;
    const compression = codec === 'none' ? 'uncompressed' : codec;
    try {
      await this.connection.run(this.sql.blocks, { days: JSON.stringify(chunk.days) });
      await this.connection.run(
        `COPY (\n${this.sql.events}\n) TO ${quoteText(this.folders.events)} (
           FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rowGroupRows}, PARTITION_BY (date), OVERWRITE_OR_IGNORE,
           FILENAME_PATTERN '${filePattern(this.options.runId, chunk)}'
         )`,
      );
    } catch (error) {
      throw writeError(error, this.options.folder);
    } finally {
      clearInterval(watch);
    }
    return bytesOf(chunk, this.folders);
  }

  /**
   * DuckDB doesn't report the progress of a COPY, but its file grows. Only a chunk with a single day is large enough to
   * matter.
   */
  #watchSize(chunk: Chunk, onRows: (rows: number) => void): NodeJS.Timeout | undefined {
    const [day, ...others] = chunk.days;
    if (!day || others.length > 0 || day.rows < watchedRows) return undefined;
    const name = filePattern(this.options.runId, chunk).replace('{i}', '0');
    const file = path.join(this.folders.events, dayFolder(day.date), `${name}.parquet`);
    const bytes = expectedBytes(this.options.recipe, [chunk]);
    return setInterval(() => {
      const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
      onRows(Math.min(day.rows - 1, Math.floor((size / bytes) * day.rows)));
    }, watchMs);
  }
}

/**
 * Readers of this data rely on one file per day and run, so a violation is an error. Synchronous, since it takes a
 * millisecond and this process has nothing else to do.
 */
function bytesOf({ days }: Chunk, { events }: RunFolders): number {
  const sizes = days.map(({ date }) => {
    const folder = path.join(events, dayFolder(date));
    const [file = '', ...others] = readdirSync(folder);
    if (others.length > 0) throw new Error(`${date} got more than one file: ${[file, ...others].join(', ')}`);
    return statSync(path.join(folder, file)).size;
  });
  return sum(sizes);
}

function writeError(error: unknown, folder: string): unknown {
  if (error instanceof Error && error.message.startsWith('Out of Memory Error')) {
    return new AppError('OUT_OF_MEMORY', 'A generator process ran out of memory.', {
      action: 'Spread the rows over more days, then try again. This run was discarded.',
      cause: error.message,
    });
  }
  return systemError(error, folder) ?? error;
}
