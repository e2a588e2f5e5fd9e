import { z } from 'zod';

/** A column of a table or result, with its type as DuckDB writes it. */
export const columnSchema = z.object({ name: z.string(), type: z.string() });
export type Column = z.infer<typeof columnSchema>;

const numberType = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/;
const timeType = /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/;
const nestedType = /\]$|^(STRUCT|MAP|UNION)\(|^VARIANT$/;

export type ColumnKind = 'number' | 'time' | 'nested' | 'other';

/** What can be done with the values of a DuckDB type. *time* are points in time, from which days and weeks can be made. */
export function kindOf(type: string): ColumnKind {
  if (numberType.test(type)) return 'number';
  if (timeType.test(type)) return 'time';
  return nestedType.test(type) ? 'nested' : 'other';
}
