import { parse as parseLossless } from 'lossless-json';
import type { z } from 'zod';
import type { TrinoType } from './type';

/**
 * A value of Trino, exact: BIGINT as bigint; smaller integers, REAL and DOUBLE as number; VARBINARY as bytes; a MAP as
 * a Map; an ARRAY and the fields of a ROW as a list; every other type (DECIMAL, times, JSON, ...) as the server's text.
 */
export type TrinoValue =
  null | boolean | number | bigint | string | Uint8Array | readonly TrinoValue[] | ReadonlyMap<TrinoValue, TrinoValue>;

export type TrinoRow = readonly TrinoValue[];

/** The page was parsed in a way that rounds one of its integers. */
class RoundedInteger extends Error {}

/** A value that doesn't fit its column's type. */
export class UnexpectedValue extends Error {}

/**
 * The rows of a page.
 * @param data the rows as `JSON.parse` returns them
 * @param again parses them once more by {@link parseExact}; called only if `JSON.parse` has rounded an integer
 * @throws UnexpectedValue
 */
export function readRows(types: readonly TrinoType[], data: unknown, again: () => unknown): TrinoRow[] {
  try {
    return decodeRows(types, data);
  } catch (error) {
    if (!(error instanceof RoundedInteger)) throw error;
    return decodeRows(types, again());
  }
}

/**
 * A JSON document with integers that a double can't hold as bigint. It takes five times as long as `JSON.parse`, and few
 * pages need it.
 */
export function parseExact<T>(text: string, schema: z.ZodType<T>): T {
  const document = parseLossless(text, null, (digits) => {
    const number = Number(digits);
    return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
  });
  return schema.parse(document);
}

function decodeRows(types: readonly TrinoType[], data: unknown): TrinoRow[] {
  const decoders = types.map(decoderOf);
  return listOf(data).map((row) => {
    const values = listOf(row);
    if (values.length !== decoders.length)
      throw new UnexpectedValue('A row has another number of values than columns.');
    return decoders.map((decode, index) => decode(values[index]));
  });
}

type Decoder = (value: unknown) => TrinoValue;

function decoderOf(type: TrinoType): Decoder {
  const decode = decoderOfValue(type);
  return (value) => (value === null ? null : decode(value));
}

function decoderOfValue(type: TrinoType): Decoder {
  switch (type.kind) {
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : unexpected(type, value));
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return (value) => (typeof value === 'number' ? value : numberOf(type, value));
    case 'bigint':
      return (value) => bigintOf(type, value);
    case 'varbinary':
      return (value) => new Uint8Array(Buffer.from(textOf(type, value), 'base64'));
    case 'array': {
      const element = decoderOf(type.element);
      return (value) => listOf(value).map(element);
    }
    case 'map': {
      const [key, value] = [keyDecoder(type.key), decoderOf(type.value)];
      return (entries) => new Map(entriesOf(entries).map(([name, each]) => [key(name), value(each)]));
    }
    case 'row': {
      const fields = type.fields.map((field) => decoderOf(field.type));
      return (value) => {
        const values = listOf(value);
        return fields.map((decode, index) => decode(values[index] ?? null));
      };
    }
    case 'other':
      return (value) => (typeof value === 'string' ? value : JSON.stringify(value));
    default:
      return (value) => textOf(type, value);
  }
}

/** Keys of a map arrive as the names of a JSON object, thus as text. */
function keyDecoder(type: TrinoType): (name: string) => TrinoValue {
  switch (type.kind) {
    case 'boolean':
      return (name) => name === 'true';
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return (name) => numberOf(type, name);
    case 'bigint':
      return (name) => BigInt(name);
    default:
      return (name) => name;
  }
}

function numberOf(type: TrinoType, value: unknown): number {
  // A DOUBLE written without a point or exponent, in a page that was parsed for large integers.
  if (typeof value === 'bigint') return Number(value);
  const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  // NaN and the infinities come as text, since JSON has no such numbers.
  if (Number.isNaN(number) && value !== 'NaN') return unexpected(type, value);
  return number;
}

function bigintOf(type: TrinoType, value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') return unexpected(type, value);
  if (!Number.isSafeInteger(value)) throw new RoundedInteger();
  return BigInt(value);
}

function textOf(type: TrinoType, value: unknown): string {
  return typeof value === 'string' ? value : unexpected(type, value);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnexpectedValue(`A list was expected, not ${typeof value}.`);
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new UnexpectedValue(`A map was expected, not ${typeof value}.`);
}

function unexpected({ kind }: TrinoType, value: unknown): never {
  throw new UnexpectedValue(`A value of type ${kind} came as ${typeof value}.`);
}
