import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import type { Workspace } from '../workspace';
import { isSystemShort } from './damaged-files';
import type { EventFile } from './event-files';
import { leastParquetBytes, parquetMagicOf } from './parquet-magic';
import { countSchema, readRows } from '../sql/read-rows';
import { quotePath } from '../sql/quote';

/** Row count of a file from its Parquet footer; null if the footer can't be read. */
export type RowCounts = ReadonlyMap<string, number | null>;

const footerSchema = z.object({ file_name: z.string(), num_rows: countSchema });

/** Reads row counts from Parquet footers and remembers them until a file changes. */
export class ParquetRowCounter {
  /** By path, with the version of the file that was read. */
  readonly #known = new Map<string, { readonly version: string; readonly rows: number | null }>();

  constructor(private readonly workspace: Workspace) {}

  /** Row counts by path, for exactly the given files. */
  async count(files: readonly EventFile[], connection: DuckDBConnection): Promise<RowCounts> {
    const counts = new Map<string, number | null>();
    const unread: EventFile[] = [];
    for (const file of files) {
      const known = this.#known.get(file.path);
      if (known?.version === file.version) counts.set(file.path, known.rows);
      else unread.push(file);
    }
    const read = await this.#readFooters(unread, connection);
    for (const { path: name, version } of unread) {
      const rows = read.get(name) ?? null;
      counts.set(name, rows);
      this.#known.set(name, { version, rows });
    }
    return counts;
  }

  /**
   * The same for all existing files; counts of others are forgotten. A file that appears during the count may be among
   * them, and is then read again when asked for.
   */
  async countAll(files: readonly EventFile[], connection: DuckDBConnection): Promise<RowCounts> {
    const counts = await this.count(files, connection);
    for (const name of this.#known.keys()) if (!counts.has(name)) this.#known.delete(name);
    return counts;
  }

  /** Number of files with a known count. */
  get size(): number {
    return this.#known.size;
  }

  /**
   * One query for all files. Only if one is damaged, the files that don't end like Parquet are excluded, which avoids a
   * query for each of thousands; then halves of the others are tried, down to the damaged ones.
   */
  async #readFooters(files: readonly EventFile[], connection: DuckDBConnection): Promise<Map<string, number | null>> {
    if (files.length === 0) return new Map();
    const list = files.map((file) => quotePath(path.join(this.workspace.folder, file.path))).join(', ');
    try {
      const footers = await readRows(
        connection,
        `SELECT file_name, num_rows FROM parquet_file_metadata([${list}])`,
        footerSchema,
      );
      const rows = new Map(footers.map((footer) => [footer.file_name, footer.num_rows]));
      return new Map(files.map((file) => [file.path, rows.get(path.join(this.workspace.folder, file.path)) ?? null]));
    } catch (error) {
      if (isSystemShort(error, this.workspace)) throw error;
      const readable = await this.#withParquetEnd(files);
      if (readable.length < files.length) {
        const counts = await this.#readFooters(readable, connection);
        return new Map(files.map((file) => [file.path, counts.get(file.path) ?? null]));
      }
      if (files.length === 1) return new Map(files.map((file) => [file.path, null]));
      const half = Math.ceil(files.length / 2);
      const first = await this.#readFooters(files.slice(0, half), connection);
      const second = await this.#readFooters(files.slice(half), connection);
      return new Map([...first, ...second]);
    }
  }

  async #withParquetEnd(files: readonly EventFile[]): Promise<EventFile[]> {
    const readable = new Set<EventFile>();
    await forEachConcurrently(files, fileConcurrency, async (file) => {
      if (file.bytes < leastParquetBytes) return;
      if ((await parquetMagicOf(path.join(this.workspace.folder, file.path))) === 'plain') readable.add(file);
    });
    return files.filter((file) => readable.has(file));
  }
}
