import { bronze, silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { catalog } from '../database/catalog';
import { onDays } from '../records/day-facts';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier } from '../sql/quote';

/** What reads models by name: a model of ours, one of the user's, or a check. */
export interface SqlConsumer {
  readonly dependsOn: readonly string[];
  /** Only what ships with the app is known to read nothing but the columns that it names. */
  readonly shipped: boolean;
}

const stagedBronze = 'temp.staged_bronze';

/** Size of Parquet files that are worth keeping in memory with their JSON: they take about five times as much there. */
const defaultMostStagedBytes = 100_000_000;

/** What a refresh reads events from. */
export interface EventSources {
  /** A SELECT of bronze from the files of some days alone, with the columns that the view has. */
  readonly bronzeOf: (days: readonly string[]) => string;
  /** The definition of silver, a SELECT from bronze. */
  readonly silverSelect: string;
  /** Size of files that are kept in memory rather than read again and again. */
  readonly mostStagedBytes?: number | undefined;
}

/**
 * Where the SQL of a refresh reads from. Models and checks name `silver_events` and the like; a refresh puts a CTE of
 * the same name in front, so that the very same text reads only the days that matter, and, where they fit into memory,
 * reads them from a temporary table: thousands of small Parquet files are then opened once and not once a model. Where they
 * are larger, DuckDB reads Parquet as quickly as its own tables, and nothing is gained.
 */
export class Sources {
  #staged = false;
  #isDated = new Map<string, boolean>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly events: EventSources,
  ) {}

  /** Reads bronze of `days` (null: all) into memory, unless that is too much or done already. */
  async stage(days: readonly string[] | null, bytes: number): Promise<void> {
    if (this.#staged || bytes > (this.events.mostStagedBytes ?? defaultMostStagedBytes)) return;
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE staged_bronze AS
       SELECT * EXCLUDE (filename) FROM ${this.bronzeOn(days)} WHERE ${onDays(days)}`,
    );
    this.#staged = true;
  }

  /** What single rows of bronze of `days` (null: all) are best read from; it may have rows of other days, too. */
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

  /** A SELECT of what `consumer` yields where it sees only `days` (null: all); `select` is its SQL without the end. */
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

  /** Where a consumer finds a relation in memory; null where it does not. */
  #stagedSource(name: string, consumer: SqlConsumer): string | null {
    if (!this.#staged) return null;
    if (name === silver)
      return `(WITH ${bronze} AS NOT MATERIALIZED (FROM ${stagedBronze})\n${this.events.silverSelect})`;
    // Bronze in memory lacks the names of files: only for what is known not to ask for them.
    return name === bronze && consumer.shipped ? stagedBronze : null;
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
}
