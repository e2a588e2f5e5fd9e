import { StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Plan, PlanNode } from '../../contract/result-work';
import { bind, type BoundValues } from '../sql/parameters';
import { extractStatements } from '../sql/prepared';
import { parquetReads, type ParquetScan } from './parquet-reads';
import type { ReadLog } from './read-log';
import { withReadStatement } from '../statements/statement';

const extraSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({});

interface RawNode {
  operator_name?: string | undefined;
  operator_timing?: number | undefined;
  operator_cardinality?: number | undefined;
  extra_info: Record<string, string | string[]>;
  children: RawNode[];
}

const rawNodeSchema: z.ZodType<RawNode> = z.object({
  operator_name: z.string().optional(),
  operator_timing: z.number().optional(),
  operator_cardinality: z.number().optional(),
  extra_info: extraSchema,
  children: z.lazy(() => z.array(rawNodeSchema)),
});

const rawPlanSchema = z.object({
  latency: z.number(),
  cpu_time: z.number(),
  children: z.array(rawNodeSchema),
});

const rowSchema = z.object({ explain_value: z.string() });

/** A node of a plan that was made but not executed. */
interface UnrunNode {
  name: string;
  extra_info: Record<string, string | string[]>;
  children: UnrunNode[];
}

const unrunNodeSchema: z.ZodType<UnrunNode> = z.object({
  name: z.string(),
  extra_info: extraSchema,
  children: z.lazy(() => z.array(unrunNodeSchema)),
});

/** Shown elsewhere, or too long to read. */
const leftOut = new Set(['Function', 'Scanning Files', 'Total Files Read', 'Filename(s)']);

/**
 * Runs a SELECT and returns the work of its operators and the parts of Parquet files that they read.
 * @param folder of the workspace
 * @throws AppError SQL_ERROR for anything but a SELECT
 */
export async function explainAnalyze(
  sql: string,
  bound: BoundValues,
  connection: DuckDBConnection,
  { readLog, folder }: { readLog: ReadLog; folder: string },
): Promise<Plan> {
  const explained = await selectOf(sql, bound, connection);
  const { outcome, opened } = await readLog.watch(connection, () => analyzed(explained, bound, connection));
  const top = outcome.children[0] ?? { extra_info: {}, children: [] };
  const root = top.operator_name?.startsWith('EXPLAIN_ANALYZE') ? (top.children[0] ?? top) : top;
  return {
    totalMs: outcome.latency * 1000,
    cpuMs: outcome.cpu_time * 1000,
    root: toNode(root),
    parquet: await parquetReads(scansIn(root), opened, folder, connection),
  };
}

type RawPlan = z.infer<typeof rawPlanSchema>;

async function analyzed(select: string, bound: BoundValues, connection: DuckDBConnection): Promise<RawPlan> {
  const started = performance.now();
  const told: unknown = JSON.parse(await explanation(`EXPLAIN (ANALYZE, FORMAT json)\n${select}`, bound, connection));
  const latency = (performance.now() - started) / 1000;
  const plan = rawPlanSchema.safeParse(told);
  if (plan.success) return plan.data;
  // If the plan itself holds the answer (VALUES, a count known from footers), DuckDB runs no operators and reports only
  // "error".
  const unrun: unknown = JSON.parse(await explanation(`EXPLAIN (FORMAT json)\n${select}`, bound, connection));
  return { latency, cpu_time: 0, children: z.array(unrunNodeSchema).parse(unrun).map(asRun) };
}

function asRun({ name, extra_info, children }: UnrunNode): RawNode {
  const rows = Number(extra_info['Estimated Cardinality'] ?? 0);
  return { operator_name: name, operator_cardinality: rows, extra_info, children: children.map(asRun) };
}

/** The output of an EXPLAIN. DuckDB splits one with a PIVOT into several statements, one of which is the EXPLAIN. */
async function explanation(sql: string, bound: BoundValues, connection: DuckDBConnection): Promise<string> {
  const statements = await extractStatements(sql, connection);
  let answer: string | null = null;
  for (let index = 0; index < statements.count; index += 1) {
    // Each can be prepared only after the ones before it have run.
    const rows = await statements.withPrepared(index, async (prepared) => {
      bind(prepared, bound);
      return (await prepared.runAndReadAll()).getRowObjectsJS();
    });
    // The physical plan is last, after the logical ones.
    answer = rowSchema.safeParse(rows.at(-1)).data?.explain_value ?? answer;
  }
  if (answer === null) throw new Error('EXPLAIN returned nothing.');
  return answer;
}

async function selectOf(sql: string, values: BoundValues, connection: DuckDBConnection): Promise<string> {
  const select = await withReadStatement(sql, values, connection, async ({ prepared, embeddable }) => {
    const isSelect = prepared === null || prepared.statementType === StatementType.SELECT;
    return isSelect ? embeddable : null;
  });
  if (select !== null) return select;
  throw new AppError('SQL_ERROR', 'Only a SELECT can be explained.', { action: 'Choose one and explain it alone.' });
}

function toNode(raw: RawNode): PlanNode {
  return {
    name: readableName(raw.operator_name ?? 'RESULT'),
    ms: (raw.operator_timing ?? 0) * 1000,
    rows: raw.operator_cardinality ?? 0,
    details: Object.entries(raw.extra_info)
      .filter(([name]) => !leftOut.has(name) && !name.startsWith('__'))
      .map(([name, value]) => ({ name, value: Array.isArray(value) ? value.join(', ') : value }))
      .filter(({ value }) => value !== ''),
    files: filesOf(raw.extra_info),
    children: raw.children.map(toNode),
  };
}

/** `HASH_GROUP_BY` as `Hash group by`. */
function readableName(name: string): string {
  const words = name.trim().toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function filesOf(extra: RawNode['extra_info']): PlanNode['files'] {
  const [, scanned, matched] = /^(\d+)\/(\d+)$/.exec(String(extra['Scanning Files'] ?? '')) ?? [];
  const read = Number(extra['Total Files Read'] ?? scanned ?? Number.NaN);
  if (Number.isNaN(read)) return null;
  return { read, total: Math.max(read, Number(matched ?? read)) };
}

function scansIn(raw: RawNode): ParquetScan[] {
  const files = filesOf(raw.extra_info);
  const example = /^[^,*]+\.parquet(?=,|$)/i.exec(String(raw.extra_info['Filename(s)'] ?? ''))?.[0] ?? null;
  return [...(files ? [{ ...files, example }] : []), ...raw.children.flatMap(scansIn)];
}
