import { bronze, catalog, silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { onDays } from '../records/day-facts';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier } from '../sql/quote';

/** SQL that refers to models by name: a shipped model, a user model, or a check. */
export interface SqlConsumer {
  readonly dependsOn: readonly string[];
  /** Only shipped SQL is known to read nothing but the columns that it names. */
  readonly shipped: boolean;
}

const stagedBronze = 'temp.staged_bronze';

/** Size up to which Parquet files are kept in memory with their JSON, where they take about five times as much. */
const defaultMostStagedBytes = 100_000_000;

/** The sources of events of a refresh. */
export interface EventSources {
  /** A SELECT of bronze from the files of some days only, with the columns of the view. */
  readonly bronzeOf: (days: readonly string[]) => string;
  /** The definition of silver, a SELECT from bronze. */
  readonly silverSelect: string;
  /** Size up to which files are kept in memory instead of being read repeatedly. */
  readonly mostStagedBytes?: number | undefined;
}

/**
 * Decides where the SQL of a refresh reads from. Models and checks refer to `silver_events` and others by name; a
 * refresh prepends a CTE with that name, so that the same SQL reads only the relevant days and, if they fit into
 * memory, reads them from a temporary table. Thousands of small Parquet files are then opened once instead of once per
 * model. DuckDB reads large files as fast as its own tables, so nothing would be gained for them.
 */
export class Sources {
  #staged = false;
  #isDated = new Map<string, boolean>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly events: EventSources,
  ) {}

  /** Reads bronze of `days` (null: all) into memory, unless it is too large or already there. */
  async stage(days: readonly string[] | null, bytes: number): Promise<void> {
    if (this.#staged || bytes > (this.events.mostStagedBytes ?? defaultMostStagedBytes)) return;
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE staged_bronze AS
       SELECT * EXCLUDE (filename) FROM ${this.bronzeOn(days)} WHERE ${onDays(days)}`,
    );
    this.#staged = true;
  }

  /** The best relation to read single rows of bronze of `days` (null: all) from; it may include other days. */
  bronzeOn(days: readonly string[] | null): string {
    if (this.#staged) return stagedBronze;
    return days === null ? bronze : `(\n${this.events.bronzeOf(days)}\n)`;
  }

  get isStaged(): boolean {
    return this.#staged;
  }

  /** Frees the memory. */
  async clear(): Promise<void> {
    await this.connection.run(`DROP TABLE IF EXISTS ${stagedBronze}`);
    this.#staged = false;
  }

  /**
   * A SELECT of the rows that `consumer` returns for only `days` (null: all); `select` is its SQL without the trailing
   * semicolon.
   */
  async restricted(
    consumer: SqlConsumer,
    select: string,
    days: readonly string[] | null,
    where = 'true',
  ): Promise<string> {
    const dated = days === null ? [] : await this.#datedAmong(consumer.dependsOn);
    const ctes = consumer.dependsOn.flatMap((name) => {
      const staged = this.#stagedSource(name, consumer);
      if (!staged && !dated.includes(name)) return [];
      const source = staged ?? `${quoteIdentifier(catalog)}.main.${quoteIdentifier(name)}`;
      return `${quoteIdentifier(name)} AS NOT MATERIALIZED (SELECT * FROM ${source} WHERE ${onDays(days)})`;
    });
    const shadows = ctes.length > 0 ? `WITH ${ctes.join(',\n')}\n` : '';
    if (where === 'true') return `${shadows}SELECT * FROM (\n${select}\n)`;
    return `${shadows}SELECT * FROM (\n${select}\n) WHERE ${where}`;
  }

  /** The relation in memory for a consumer; null if there is none. */
  #stagedSource(name: string, consumer: SqlConsumer): string | null {
    if (!this.#staged) return null;
    if (name === silver)
      return `(WITH ${bronze} AS NOT MATERIALIZED (FROM ${stagedBronze})\n${this.events.silverSelect})`;
    // Bronze in memory has no file names, so it is only for SQL that is known not to use them.
    return name === bronze && consumer.shipped ? stagedBronze : null;
  }

  /** The tables and views that have a column `date` by which they can be restricted. */
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
}
