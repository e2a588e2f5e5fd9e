import { DuckDBDataChunk, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api';
import { AppError } from '../../../contract/app-error';
import { printable } from '../../../contract/text/printable';
import { storedName } from '../../results/result-table';
import { hasUnnamed } from '../../sql/unnamed-structs';
import { quoteIdentifier } from '../../sql/quote';
import type { TrinoColumn } from '../../trino/protocol';
import type { TrinoRow } from '../../trino/values';
import { storedTypeOf } from './duckdb-type';
import { converterOf } from './duckdb-value';
import { OutOfRange } from './time-values';

/** Rows of one chunk; DuckDB's own size. */
const chunkRows = 2_048;

/** More columns than people read; the window would stand still with many more. */
const mostColumns = 10_000;

/** A temporary table of DuckDB that takes rows of the cluster; its columns are named `c0`, `c1`, ... */
export class RowsTable {
  readonly #stored;
  readonly #converters;

  /** @throws AppError CLUSTER_ANSWER for too many columns */
  constructor(
    readonly name: string,
    private readonly columns: readonly TrinoColumn[],
  ) {
    if (columns.length > mostColumns) {
      throw new AppError('CLUSTER_ANSWER', `The result has ${columns.length} columns; ${mostColumns} can be shown.`, {
        action: 'Select fewer columns.',
      });
    }
    this.#stored = columns.map(({ type }) => storedTypeOf(type));
    this.#converters = columns.map(({ type }) => converterOf(type));
  }

  /** By column, the type without names for fields that have none; see `unnamed-structs.ts`. */
  get unnamed(): ReadonlyMap<number, DuckDBType> {
    const shown = this.#stored.map((stored) => stored.shown);
    return new Map([...shown.entries()].filter(([, type]) => hasUnnamed(type)));
  }

  /** A sentence for each column whose values differ from those of the cluster in more than their type. */
  get notes(): string[] {
    return this.columns.flatMap(({ name, typeText }, index) => {
      const note = this.#stored[index]?.note;
      return note ? [`Column ${printable(name)} (${printable(typeText)}) is ${note}.`] : [];
    });
  }

  /** Creates the table, without rows. */
  async create(connection: DuckDBConnection): Promise<void> {
    const columns = this.#stored.map(({ sql }, index) => `${storedName(index)} ${sql}`);
    await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(this.name)} (${columns.join(', ')})`);
  }

  /** @throws AppError CLUSTER_ANSWER if DuckDB can't store a value; then none of the rows are there */
  async append(rows: readonly TrinoRow[], connection: DuckDBConnection): Promise<void> {
    const chunks = [];
    for (let from = 0; from < rows.length; from += chunkRows) {
      const part = rows.slice(from, from + chunkRows);
      const chunk = DuckDBDataChunk.create(
        this.#stored.map(({ type }) => type),
        part.length,
      );
      chunk.setColumns(this.columns.map((_, index) => part.map((row) => this.#convert(row, index))));
      chunks.push(chunk);
    }
    const appender = await connection.createAppender(this.name, 'main', 'temp');
    for (const chunk of chunks) appender.appendDataChunk(chunk);
    appender.closeSync();
  }

  #convert(row: TrinoRow, index: number) {
    try {
      return this.#converters[index]?.(row[index] ?? null) ?? null;
    } catch (error) {
      if (!(error instanceof OutOfRange || error instanceof SyntaxError)) throw error;
      const { name = '', typeText = '' } = this.columns[index] ?? {};
      throw new AppError(
        'CLUSTER_ANSWER',
        `A value of the column ${printable(name)} (${printable(typeText)}) doesn't fit a type of DuckDB.`,
        {
          action: `Select it as text: CAST(${printable(name)} AS varchar).`,
          cause: error.message,
        },
      );
    }
  }
}
