import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { withoutComments, withoutEnd } from '../console/sql-comments';
import { catalog } from './catalog';
import { onDays } from './day-facts';
import { readRows } from './read-rows';
import { quoteIdentifier } from './sql-text';

/** SQL that reads models by name: a model of ours, one of the user's, or a check. */
export interface Reader {
  readonly sql: string;
  readonly dependsOn: readonly string[];
  /** Only what ships with the app is known to read nothing but the columns that it names. */
  readonly shipped: boolean;
}

const events = 'silver_events';
const stagedEvents = 'temp.staged_events';

/** What events take in memory without their JSON, measured; half of it where DuckDB compresses them. */
const bytesPerStagedRow = 48;

/**
 * Where the SQL of a refresh reads from. Models and checks name `silver_events` and the like; a refresh puts a CTE of
 * the same name in front, so that the very same text reads only the days that matter, and, where they fit into memory,
 * reads them from a temporary table: the Parquet files are then opened once and not once a model.
 */
export class Sources {
  #staged = false;
  #isDated = new Map<string, boolean>();

  constructor(private readonly connection: DuckDBConnection) {}

  /** Reads the events of `days` (null: all) into memory if they fit there. */
  async stage(days: readonly string[] | null, rows: number): Promise<void> {
    if (rows * bytesPerStagedRow > (await this.#memoryLimit()) / 4) return;
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE staged_events AS
       SELECT event_time, user_id, team_id, event_name, date FROM ${events} WHERE ${onDays(days)}`,
    );
    this.#staged = true;
  }

  get isStaged(): boolean {
    return this.#staged;
  }

  /** Frees the memory. */
  async clear(): Promise<void> {
    if (this.#staged) await this.connection.run(`DROP TABLE IF EXISTS ${stagedEvents}`);
    this.#staged = false;
  }

  /** A SELECT of what `reader` yields where it sees only `days` (null: all); `select` is its SQL without the end. */
  async restricted(reader: Reader, select: string, days: readonly string[] | null, where = 'true'): Promise<string> {
    const dated = days === null ? [] : await this.#datedAmong(reader.dependsOn);
    const ctes = reader.dependsOn.flatMap((name) => {
      const staged = name === events && this.#staged && readsNoProperties(reader);
      if (!staged && !dated.includes(name)) return [];
      const source = staged ? stagedEvents : `${quoteIdentifier(catalog)}.main.${quoteIdentifier(name)}`;
      return `${quoteIdentifier(name)} AS NOT MATERIALIZED (SELECT * FROM ${source} WHERE ${onDays(days)})`;
    });
    const shadows = ctes.length > 0 ? `WITH ${ctes.join(',\n')}\n` : '';
    if (where === 'true') return `${shadows}SELECT * FROM (\n${select}\n)`;
    return `${shadows}SELECT * FROM (\n${select}\n) WHERE ${where}`;
  }

  /** Those of the tables and views that have a column `date` by which they can be restricted. */
  async #datedAmong(names: readonly string[]): Promise<string[]> {
    if (names.some((name) => !this.#isDated.has(name))) {
      const rows = await readRows(
        this.connection,
        `SELECT table_name, bool_or(column_name = 'date' AND data_type = 'DATE') AS is_dated FROM duckdb_columns()
         WHERE database_name = current_database() AND schema_name = 'main' GROUP BY table_name`,
        z.object({ table_name: z.string(), is_dated: z.boolean() }),
      );
      this.#isDated = new Map(rows.map((row) => [row.table_name, row.is_dated]));
    }
    return names.filter((name) => this.#isDated.get(name) === true);
  }

  async #memoryLimit(): Promise<number> {
    const [row] = await readRows(
      this.connection,
      `SELECT CAST(parse_formatted_bytes(current_setting('memory_limit')) AS DOUBLE) AS bytes`,
      z.object({ bytes: z.number() }),
    );
    return row?.bytes ?? 0;
  }
}

function readsNoProperties({ sql, shipped }: Reader): boolean {
  return shipped && !/\bproperties\b/i.test(withoutEnd(withoutComments(sql)));
}
