import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier } from '../sql/quote';
import type { Column } from '../../contract/column-type';
import { shownSql } from './result-table';

/** In such a transaction DuckDB refuses all writes except to temporary tables. */
export const beginReadOnly = 'BEGIN TRANSACTION READ ONLY';

/** The first rows of a result that is still being computed. */
export interface FirstRows {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** An Arrow IPC stream. */
  readonly stream: Uint8Array;
}

/** With a selective filter the first rows take as long as the whole result; they are given up after this time. */
const patienceMs = 250;

/** Rows that are shown while the rest is being computed. */
const mostFirstRows = 500;

/** Operators that pass on rows one by one in their order, so that the first rows don't depend on later ones. */
const passing = new Set([
  'CREATE_TABLE_AS', 'BATCH_CREATE_TABLE_AS', 'PROJECTION', 'FILTER', 'PARQUET_SCAN', 'READ_PARQUET', 'SEQ_SCAN',
  'TABLE_SCAN', 'RANGE',
]); // prettier-ignore

const planSchema: z.ZodType<PlanNode[]> = z.lazy(() => z.array(z.object({ name: z.string(), children: planSchema })));
interface PlanNode {
  name: string;
  children: PlanNode[];
}

interface Plannable {
  readonly embeddable: string;
  /** DuckDB's plan, as JSON. */
  readonly plan: string;
  readonly columns: readonly Column[];
}

export interface FirstRowsOptions {
  readonly onFirstRows: (firstRows: FirstRows) => void;
  readonly volatileFunctions: VolatileFunctions;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the first rows of a statement and passes them to `onFirstRows`, if {@link firstRowsSql} allows it and they come
 * soon. Leaves the connection in a read-only transaction, as before.
 */
export async function offerFirstRows(
  statement: Plannable,
  connection: DuckDBConnection,
  { onFirstRows, volatileFunctions, signal }: FirstRowsOptions,
): Promise<void> {
  const sql = firstRowsSql(statement, await volatileFunctions.pattern(connection));
  if (sql === null) return;
  const { readArrow } = await import('./arrow-window');
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, patienceMs);
  try {
    const { stream, rows } = await readArrow(sql, connection);
    // Fewer rows are the whole result, and its table will exist at once.
    if (rows === mostFirstRows) onFirstRows({ columns: statement.columns, rows, stream });
  } catch (error) {
    if (!late || signal?.aborted) throw error;
    await connection.run('ROLLBACK');
    await connection.run(beginReadOnly);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The SQL for the first rows of a statement, before the table for all rows exists; null if they could differ from those
 * of the table or take as long: only scans, filters and projections without volatile functions qualify. Both run in one
 * transaction, so that they see the same data.
 */
function firstRowsSql({ embeddable, plan, columns }: Plannable, volatile: RegExp): string | null {
  if (columns.length === 0) return null;
  if (!everyOperator(planSchema.parse(JSON.parse(plan)), ({ name }) => passing.has(name.trim()))) return null;
  if (volatile.test(plan) || volatile.test(embeddable)) return null;
  const names = columns.map((_, index) => quoteIdentifier(`c${index}`));
  const values = columns.map(({ type }, index) => shownSql(`t.${names[index] ?? ''}`, type));
  return `SELECT ${values.join(', ')} FROM (\n${embeddable}\n) t(${names.join(', ')}) LIMIT ${mostFirstRows}`;
}

function everyOperator(nodes: readonly PlanNode[], holds: (node: PlanNode) => boolean): boolean {
  return nodes.every((node) => holds(node) && everyOperator(node.children, holds));
}

/** Names of functions whose result changes from call to call, from DuckDB; read once, since that takes time. */
export class VolatileFunctions {
  #pattern: Promise<RegExp> | null = null;

  pattern(connection: DuckDBConnection): Promise<RegExp> {
    this.#pattern ??= readVolatileFunctions(connection).catch((error: unknown) => {
      // It may have been interrupted.
      this.#pattern = null;
      throw error;
    });
    return this.#pattern;
  }
}

async function readVolatileFunctions(connection: DuckDBConnection): Promise<RegExp> {
  const rows = await readRows(
    connection,
    `SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE stability = 'VOLATILE'`,
    z.object({ name: z.string() }),
  );
  return new RegExp(`\\b(${rows.map(({ name }) => name.replace(/\W/g, '\\$&')).join('|')})\\b`, 'i');
}
