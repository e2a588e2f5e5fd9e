import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';

/** A function call, as a table or as a value, in the order of the text. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: readonly unknown[];
}

const treeSchema = z.discriminatedUnion('error', [
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({ error: z.literal(true), error_type: z.string(), error_message: z.string() }),
]);

const callSchema = z.object({
  class: z.literal('FUNCTION'),
  function_name: z.string(),
  children: z.array(z.unknown()),
});

const constantSchema = z.object({
  class: z.literal('CONSTANT'),
  value: z.object({ type: z.object({ id: z.literal('VARCHAR') }), is_null: z.literal(false), value: z.string() }),
});

/**
 * DuckDB's parse tree of one SELECT. Nothing in it has been bound or run.
 * @returns null for anything but a SELECT, and for a PIVOT whose columns depend on the data
 */
export async function parseTree(sql: string, connection: DuckDBConnection): Promise<unknown> {
  const result = await connection.runAndReadAll('SELECT system.main.json_serialize_sql(CAST($1 AS VARCHAR)) AS tree', [
    sql,
  ]);
  const row = z.object({ tree: z.string() }).parse(result.getRowObjectsJS()[0]);
  const tree = treeSchema.parse(JSON.parse(row.tree));
  return tree.error || tree.statements.length !== 1 ? null : tree.statements[0];
}

/** Every function call in a tree, at any depth. */
export function* callsIn(tree: unknown): Generator<FunctionCall, void, void> {
  const waiting = [tree];
  for (let node = waiting.pop(); waiting.length > 0 || node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const call = callSchema.safeParse(node);
    if (call.success) yield { name: call.data.function_name.toLowerCase(), arguments: call.data.children };
    waiting.push(...Object.values(node).filter((value) => value !== undefined));
  }
}

/** The text of an expression of literals; null for any other, whose value could change. */
export function literalText(expression: unknown): string | null {
  const constant = constantSchema.safeParse(expression);
  if (constant.success) return constant.data.value.value;
  const call = callSchema.safeParse(expression);
  if (!call.success || !['||', 'concat'].includes(call.data.function_name.toLowerCase())) return null;
  const parts = call.data.children.map(literalText);
  return parts.includes(null) ? null : parts.join('');
}
