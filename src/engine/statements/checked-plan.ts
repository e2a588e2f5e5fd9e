import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { AppError } from '../../contract/app-error';
import { plainOperators, readingTableFunctions } from './known-functions';
import { bind, type BoundValues } from '../sql/parameters';

const rowSchema = z.object({ explain_key: z.string(), explain_value: z.string() });
const nodeSchema: z.ZodType<LogicalNode> = z.lazy(() =>
  z.object({ name: z.string(), children: z.array(nodeSchema).default([]) }),
);

interface LogicalNode {
  name: string;
  children: LogicalNode[];
}

/**
 * Has DuckDB plan a statement, and refuses it where its plan calls a table function that is not known to only read.
 * The plan is looked at as it was bound, before DuckDB leaves out what it need not run: views, macros and `query('...')`
 * have been put in by then. Run it in the same transaction as the statement, so that both see the same catalog.
 * @param sql exactly what is run afterwards, without EXPLAIN
 * @returns the physical plan as JSON
 * @throws DuckDB's own error where the statement can't be planned; what `refusal` makes of the reason
 */
export async function checkedPlan(
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<string> {
  await connection.run(`SET explain_output = 'all'`);
  // On one line with it, so that positions in errors are those of `sql`.
  const prepared = await connection.prepare(`EXPLAIN (FORMAT json) ${sql}`);
  try {
    bind(prepared, values);
    const rows = z.array(rowSchema).parse((await prepared.runAndReadAll()).getRowObjectsJS());
    const plan = (key: string) => rows.find((row) => row.explain_key === key)?.explain_value;
    for (const name of namesIn(z.array(nodeSchema).parse(JSON.parse(plan('logical_plan') ?? '[]')))) {
      const known = name.trim().toLowerCase();
      if (!readingTableFunctions.has(known) && !plainOperators.has(known))
        throw refusal(`${known} isn't known to be read-only.`);
    }
    return plan('physical_plan') ?? '[]';
  } finally {
    // Left to the garbage collector, which sees none of DuckDB's memory, they would pile up.
    prepared.destroySync();
  }
}

function* namesIn(nodes: readonly LogicalNode[]): Generator<string, void, void> {
  for (const { name, children } of nodes) {
    yield name;
    yield* namesIn(children);
  }
}
