import { z } from 'zod';

/** Types without parameters whose names say all. */
const plainTypes = [
  'boolean', 'tinyint', 'smallint', 'integer', 'bigint', 'real', 'double', 'varbinary', 'date', 'json', 'uuid',
  'ipaddress', 'unknown',
] as const; // prettier-ignore

/** A type of Trino as a tree. */
export type TrinoType =
  | { readonly kind: (typeof plainTypes)[number] }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** `length` is null for a VARCHAR without a limit. */
  | { readonly kind: 'varchar'; readonly length: number | null }
  | { readonly kind: 'char'; readonly length: number }
  /** `precision` counts the digits of a second's fraction, 0 to 12; `zone` is set for values WITH TIME ZONE. */
  | { readonly kind: 'time' | 'timestamp'; readonly precision: number; readonly zone: boolean }
  | { readonly kind: 'interval'; readonly unit: 'year to month' | 'day to second' }
  | { readonly kind: 'array'; readonly element: TrinoType }
  | { readonly kind: 'map'; readonly key: TrinoType; readonly value: TrinoType }
  | { readonly kind: 'row'; readonly fields: readonly TrinoField[] }
  /** Types of plugins and sketches, e.g. HyperLogLog; their values stay as the server writes them. */
  | { readonly kind: 'other'; readonly name: string };

/** A field of a ROW; its name is null for `ROW(1, 2)`. */
export interface TrinoField {
  readonly name: string | null;
  readonly type: TrinoType;
}

/** Trino's own tree of a type: `{ rawType: 'decimal', arguments: [{ kind: 'LONG', value: 38 }, ...] }`. */
export interface TypeSignature {
  readonly rawType: string;
  readonly arguments: readonly { readonly kind: string; readonly value?: unknown }[];
}

export const typeSignatureSchema: z.ZodType<TypeSignature> = z.object({
  rawType: z.string(),
  arguments: z.array(z.object({ kind: z.string(), value: z.unknown() })).default([]),
});

const namedTypeSchema = z.object({
  fieldName: z.object({ name: z.string() }).nullish(),
  typeSignature: typeSignatureSchema,
});

/** What VARCHAR without a limit has as its length. */
const unlimited = 2 ** 31 - 1;
/** The digits that a time has if the server doesn't say. */
const defaultPrecision = 3;

/** The tree of a type. @throws ZodError if the server's answer isn't one */
export function typeOf({ rawType, arguments: given }: TypeSignature): TrinoType {
  const name = rawType.toLowerCase();
  const plain = plainTypes.find((each) => each === name);
  if (plain) return { kind: plain };
  const number = (index: number, fallback: number) => z.number().catch(fallback).parse(given[index]?.value);
  const type = (index: number) => typeOf(typeSignatureSchema.parse(given[index]?.value));
  switch (name) {
    case 'decimal':
      return { kind: 'decimal', precision: number(0, 38), scale: number(1, 0) };
    case 'varchar': {
      const length = number(0, unlimited);
      return { kind: 'varchar', length: length >= unlimited ? null : length };
    }
    case 'char':
      return { kind: 'char', length: number(0, 1) };
    case 'time':
    case 'timestamp':
      return { kind: name, precision: number(0, defaultPrecision), zone: false };
    case 'time with time zone':
      return { kind: 'time', precision: number(0, defaultPrecision), zone: true };
    case 'timestamp with time zone':
      return { kind: 'timestamp', precision: number(0, defaultPrecision), zone: true };
    case 'interval year to month':
      return { kind: 'interval', unit: 'year to month' };
    case 'interval day to second':
      return { kind: 'interval', unit: 'day to second' };
    case 'array':
      return { kind: 'array', element: type(0) };
    case 'map':
      return { kind: 'map', key: type(0), value: type(1) };
    case 'row':
      return { kind: 'row', fields: given.map(({ value }) => fieldOf(value)) };
    default:
      return { kind: 'other', name: rawType };
  }
}

function fieldOf(value: unknown): TrinoField {
  const { fieldName, typeSignature } = namedTypeSchema.parse(value);
  return { name: fieldName?.name ?? null, type: typeOf(typeSignature) };
}
