import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Workspace } from '../workspace';
import type { EventFile } from './event-files';
import { countSchema, readRows } from './read-rows';
import { quoteText } from './sql-text';

/** Row count of a file from its Parquet footer; null where it has no readable one. */
export type RowCounts = ReadonlyMap<string, number | null>;

const footerSchema = z.object({ file_name: z.string(), num_rows: countSchema });

/** Identifies the content of a file without reading it. */
function fileKey(file: EventFile): string {
  return `${file.path}|${file.version}`;
}

/** Reads row counts from Parquet footers and remembers them until a file changes. */
export class ParquetRowCounter {
  #known = new Map<string, number | null>();

  constructor(private readonly workspace: Workspace) {}

  /** Row counts by path, for exactly the given files. */
  async count(files: readonly EventFile[], connection: DuckDBConnection): Promise<RowCounts> {
    const unread = files.filter((file) => !this.#known.has(fileKey(file)));
    const read = await this.#readFooters(unread, connection);
    const entries = files.map((file) => [file, this.#known.get(fileKey(file)) ?? read.get(file.path) ?? null] as const);
    this.#known = new Map(entries.map(([file, rows]) => [fileKey(file), rows]));
    return new Map(entries.map(([file, rows]) => [file.path, rows]));
  }

  /** Row counts of some of the files; what is remembered of the others stays. */
  async countOnly(files: readonly EventFile[], connection: DuckDBConnection): Promise<RowCounts> {
    const others = this.#known;
    const rows = await this.count(files, connection);
    this.#known = new Map([...others, ...this.#known]);
    return rows;
  }

  /** One query for all; only when a file among them is damaged, halves of them, down to the damaged ones. */
  async #readFooters(files: readonly EventFile[], connection: DuckDBConnection): Promise<Map<string, number | null>> {
    if (files.length === 0) return new Map();
    const list = files.map((file) => quoteText(path.join(this.workspace.folder, file.path))).join(', ');
    try {
      const footers = await readRows(
        connection,
        `SELECT file_name, num_rows FROM parquet_file_metadata([${list}])`,
        footerSchema,
      );
      const rows = new Map(footers.map((footer) => [footer.file_name, footer.num_rows]));
      return new Map(files.map((file) => [file.path, rows.get(path.join(this.workspace.folder, file.path)) ?? null]));
    } catch {
      if (files.length === 1) return new Map(files.map((file) => [file.path, null]));
      const half = Math.ceil(files.length / 2);
      const first = await this.#readFooters(files.slice(0, half), connection);
      const second = await this.#readFooters(files.slice(half), connection);
      return new Map([...first, ...second]);
    }
  }
}
