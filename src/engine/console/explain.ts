import { StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Plan, PlanNode } from '../../contract/result-work';
import { readRows } from '../warehouse/read-rows';
import { usedIn, type BoundValues } from './parameters';
import { readStatement } from './statement';

const extraSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({});

interface RawNode {
  operator_name?: string | undefined;
  operator_timing?: number | undefined;
  operator_cardinality?: number | undefined;
  operator_rows_scanned?: number | undefined;
  extra_info: Record<string, string | string[]>;
  children: RawNode[];
}

const rawNodeSchema: z.ZodType<RawNode> = z.object({
  operator_name: z.string().optional(),
  operator_timing: z.number().optional(),
  operator_cardinality: z.number().optional(),
  operator_rows_scanned: z.number().optional(),
  extra_info: extraSchema,
  children: z.lazy(() => z.array(rawNodeSchema)),
});

const rawPlanSchema = z.object({
  latency: z.number(),
  cpu_time: z.number(),
  children: z.array(rawNodeSchema),
});

/** Said elsewhere, or too long to be read. */
const leftOut = new Set(['Function', 'Scanning Files', 'Total Files Read', 'Filename(s)']);

/**
 * Runs a SELECT and tells what its operators did.
 * @throws AppError SQL_ERROR for anything but a SELECT
 */
export async function explainAnalyze(sql: string, values: BoundValues, connection: DuckDBConnection): Promise<Plan> {
  const { prepared, embeddable } = await readStatement(sql, values, connection);
  if (embeddable === null || prepared?.statementType !== StatementType.SELECT) {
    throw new AppError('SQL_ERROR', 'Only a SELECT can be explained.', { action: 'Choose one and explain it alone.' });
  }
  const [row] = await readRows(
    connection,
    `EXPLAIN (ANALYZE, FORMAT json)\n${embeddable}`,
    z.object({ explain_value: z.string() }),
    usedIn(embeddable, values).values,
  );
  return parsePlan(row?.explain_value ?? '');
}

/** Reads what `EXPLAIN (ANALYZE, FORMAT json)` gives. */
export function parsePlan(json: string): Plan {
  const raw = rawPlanSchema.parse(JSON.parse(json));
  const [top] = raw.children;
  const inner = top?.operator_name?.startsWith('EXPLAIN_ANALYZE') ? top.children[0] : top;
  return {
    totalMs: raw.latency * 1000,
    cpuMs: raw.cpu_time * 1000,
    root: toNode(inner ?? { extra_info: {}, children: [] }),
  };
}

function toNode(raw: RawNode): PlanNode {
  return {
    name: readableName(raw.operator_name ?? 'RESULT'),
    ms: (raw.operator_timing ?? 0) * 1000,
    rows: raw.operator_cardinality ?? 0,
    rowsScanned: raw.operator_rows_scanned ?? 0,
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
