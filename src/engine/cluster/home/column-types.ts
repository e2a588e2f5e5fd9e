import { quoteIdentifier } from '../../sql/quote';
import type { TrinoType } from '../../trino/type';
import type { TrinoValue } from '../../trino/values';

/** The type of DuckDB that holds all values of a type of Trino; intervals and sketches stay text. */
export function duckDbType(type: TrinoType): string {
  switch (type.kind) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
    case 'date':
    case 'json':
    case 'uuid':
      return type.kind.toUpperCase();
    case 'real':
      return 'FLOAT';
    case 'varbinary':
      return 'BLOB';
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'time':
      return type.zone ? 'TIMETZ' : 'TIME';
    case 'timestamp':
      if (type.zone) return 'TIMESTAMPTZ';
      return type.precision > 6 ? 'TIMESTAMP_NS' : 'TIMESTAMP';
    case 'array':
      return `${duckDbType(type.element)}[]`;
    case 'map':
      return `MAP(${duckDbType(type.key)}, ${duckDbType(type.value)})`;
    case 'row': {
      const fields = type.fields.map(
        (field, index) => `${quoteIdentifier(fieldName(field.name, index))} ${duckDbType(field.type)}`,
      );
      return `STRUCT(${fields.join(', ')})`;
    }
    default:
      return 'VARCHAR';
  }
}

/** A value as the text from which DuckDB casts its type. */
export function textOf(value: TrinoValue, type: TrinoType): string | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return blobText(value);
  if (typeof value === 'object') return JSON.stringify(plainOf(value, type));
  return String(value);
}

/** A SQL expression for a column of text, as its type. */
export function castOf(column: string, type: TrinoType): string {
  const isNested = type.kind === 'array' || type.kind === 'map' || type.kind === 'row';
  return `CAST(${isNested ? `CAST(${column} AS JSON)` : column} AS ${duckDbType(type)})`;
}

function blobText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/../g, String.raw`\x$&`);
}

/** Nested values as JSON; numbers as text, which loses nothing. */
function plainOf(value: TrinoValue, type: TrinoType): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (value instanceof Map && type.kind === 'map') {
    const entries = [...value].map(([key, each]) => [textOf(key, type.key) ?? '', plainOf(each, type.value)] as const);
    return Object.fromEntries(entries);
  }
  if (Array.isArray(value)) {
    const values: readonly TrinoValue[] = value;
    if (type.kind === 'array') return values.map((each) => plainOf(each, type.element));
    if (type.kind === 'row') {
      const entries = type.fields.map((field, index) => [
        fieldName(field.name, index),
        plainOf(values[index] ?? null, field.type),
      ]);
      return Object.fromEntries(entries);
    }
  }
  return textOf(value, type);
}

function fieldName(name: string | null, index: number): string {
  return name ?? `field${index}`;
}
