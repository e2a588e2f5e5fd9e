import { z } from 'zod';
import type { ClusterProgress } from '../../contract/cluster';
import { typeOf, typeSignatureSchema, type TrinoType, type TypeSignature } from './type';

const count = z.number().nonnegative().catch(0);

const statsSchema = z.object({
  state: z.string(),
  nodes: count,
  completedSplits: count,
  totalSplits: count,
  processedRows: count,
  processedBytes: count,
  cpuTimeMillis: count,
  elapsedTimeMillis: count,
});

const errorSchema = z.object({
  message: z.string().catch('The statement failed.'),
  errorName: z.string().catch('UNKNOWN'),
  errorType: z.string().catch('INTERNAL_ERROR'),
  errorLocation: z.object({ lineNumber: z.int(), columnNumber: z.int() }).nullish().catch(null),
});

export type TrinoFailure = z.output<typeof errorSchema>;

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  typeSignature: typeSignatureSchema.optional(),
});

/** An answer of `/v1/statement` and of the addresses that follow it. */
export const answerSchema = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(columnSchema).nullish(),
  /** Rows, or where they are; read by `values.ts`, which knows their types. */
  data: z.unknown().optional(),
  stats: statsSchema,
  error: errorSchema.nullish(),
  updateType: z.string().nullish(),
  updateCount: z.number().nullish(),
});

export type StatementAnswer = z.output<typeof answerSchema>;

/** A column of a result. */
export interface TrinoColumn {
  readonly name: string;
  readonly type: TrinoType;
  /** The type in SQL, e.g. `timestamp(6) with time zone`. */
  readonly typeText: string;
}

/** @throws ZodError if a type isn't as Trino describes it */
export function columnsOf(answer: StatementAnswer): readonly TrinoColumn[] | null {
  if (!answer.columns) return null;
  return answer.columns.map(({ name, type, typeSignature }) => {
    const plain: TypeSignature = { rawType: type, arguments: [] };
    return { name, type: typeOf(typeSignature ?? plain), typeText: type };
  });
}

export function progressOf({ id, stats }: StatementAnswer): ClusterProgress {
  const { cpuTimeMillis: cpuTimeMs, elapsedTimeMillis: elapsedMs, ...others } = stats;
  return { queryId: id, ...others, cpuTimeMs, elapsedMs };
}
