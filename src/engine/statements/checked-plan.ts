import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { AppError } from '../../contract/app-error';
import { plainOperators, readingTableFunctions } from './known-functions';
import { refuseListing } from './listing';
import { bind, type BoundValues } from '../sql/parameters';
import { withPrepared } from '../sql/prepared';

const rowSchema = z.object({ explain_key: z.string(), explain_value: z.string() });
const nodeSchema: z.ZodType<LogicalNode> = z.lazy(() =>
  z.object({ name: z.string(), children: z.array(nodeSchema).default([]) }),
);

interface LogicalNode {
  name: string;
  children: LogicalNode[];
}

/**
 * Lets DuckDB plan a statement, and refuses it if the plan calls a table function that isn't known to be read-only, or
 * one that could list files outside the workspace.
 * Checks the bound plan, before optimization removes operators; views, macros and `query('...')` are expanded in it.
 * Run it in the same transaction as the statement, so that both see the same catalog.
 * @param sql exactly the SQL that runs afterwards, without EXPLAIN
 * @returns the physical plan as JSON
 * @throws DuckDB's own error if the statement can't be planned; otherwise the error that `refusal` creates
 */
export async function checkedPlan(
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<string> {
  await connection.run(`SET explain_output = 'all'`);
  // On the same line, so that positions in errors are those of `sql`.
  return withPrepared(`EXPLAIN (FORMAT json) ${sql}`, connection, async (prepared) => {
    bind(prepared, values);
    const rows = z.array(rowSchema).parse((await prepared.runAndReadAll()).getRowObjectsJS());
    const plan = (key: string) => rows.find((row) => row.explain_key === key)?.explain_value;
    const called = new Set<string>();
    for (const name of namesIn(z.array(nodeSchema).parse(JSON.parse(plan('logical_plan') ?? '[]')))) {
      const known = name.trim().toLowerCase();
      if (!readingTableFunctions.has(known) && !plainOperators.has(known))
        throw refusal(`${known} isn't known to be read-only.`);
      called.add(known);
    }
    await refuseListing(called, connection, refusal);
    return plan('physical_plan') ?? '[]';
  });
}

function* namesIn(nodes: readonly LogicalNode[]): Generator<string, void, void> {
  for (const { name, children } of nodes) {
    yield name;
    yield* namesIn(children);
  }
}
