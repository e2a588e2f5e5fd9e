import {
  BIGINT, BLOB, BOOLEAN, DATE, DECIMAL, DOUBLE, DuckDBStructType, FLOAT, INTEGER, INTERVAL, LIST, MAP, SMALLINT, TIME,
  TIMESTAMP, TIMESTAMPTZ, TIMESTAMP_NS, TIMETZ, TIME_NS, TINYINT, UUID, VARCHAR, type DuckDBType,
} from '@duckdb/node-api'; // prettier-ignore
import { quoteIdentifier } from '../../sql/quote';
import type { TrinoField, TrinoType } from '../../trino/type';

/** How DuckDB stores values of a type of Trino. */
export interface StoredType {
  /** For the chunks that are appended. */
  readonly type: DuckDBType;
  /** For CREATE TABLE. */
  readonly sql: string;
  /** Names of the fields of a ROW as stored: unique, and none empty. */
  readonly names: readonly string[];
  /** The type that users see, if the stored one has names for fields that have none. */
  readonly shown: DuckDBType;
  /** How the value differs from that of the cluster, as the end of a sentence; null if it doesn't. */
  readonly note: string | null;
}

/** Digits of a second's fraction that DuckDB can store. */
const microseconds = 6;
const nanoseconds = 9;

/** The closest type of DuckDB: exact, or text of the exact value. */
export function storedTypeOf(type: TrinoType): StoredType {
  switch (type.kind) {
    case 'boolean':
      return plain(BOOLEAN);
    case 'tinyint':
      return plain(TINYINT);
    case 'smallint':
      return plain(SMALLINT);
    case 'integer':
      return plain(INTEGER);
    case 'bigint':
      return plain(BIGINT);
    case 'real':
      return plain(FLOAT);
    case 'double':
      return plain(DOUBLE);
    case 'decimal':
      return plain(DECIMAL(type.precision, type.scale));
    case 'varbinary':
      return plain(BLOB);
    case 'date':
      return plain(DATE);
    case 'time':
    case 'timestamp':
      return timeOf(type);
    case 'interval':
      return plain(INTERVAL);
    case 'uuid':
      return plain(UUID);
    // Stored as VARCHAR with another name.
    case 'json':
      return { ...plain(VARCHAR), sql: 'JSON' };
    case 'array': {
      const element = storedTypeOf(type.element);
      return nested(LIST(element.type), `${element.sql}[]`, LIST(element.shown), [element]);
    }
    case 'map': {
      const [key, value] = [storedTypeOf(type.key), storedTypeOf(type.value)];
      const shown = MAP(key.shown, value.shown);
      return nested(MAP(key.type, value.type), `MAP(${key.sql}, ${value.sql})`, shown, [key, value]);
    }
    case 'row':
      return rowOf(type.fields);
    case 'other':
      return plain(VARCHAR, `the text of a value of type ${type.name}`);
    default:
      return plain(VARCHAR);
  }
}

function timeOf({ kind, precision, zone }: TrinoType & { readonly kind: 'time' | 'timestamp' }): StoredType {
  const tooFine = `text, since its ${precision} digits of a second are more than DuckDB has`;
  if (precision <= microseconds) {
    if (kind === 'time') return plain(zone ? TIMETZ : TIME);
    return plain(zone ? TIMESTAMPTZ : TIMESTAMP);
  }
  if (zone || precision > nanoseconds) return plain(VARCHAR, tooFine);
  return plain(kind === 'time' ? TIME_NS : TIMESTAMP_NS);
}

function rowOf(fields: readonly TrinoField[]): StoredType {
  const stored = fields.map((field) => storedTypeOf(field.type));
  const names = fieldNames(fields);
  const sql = `STRUCT(${stored.map((field, index) => `${quoteIdentifier(names[index] ?? '')} ${field.sql}`).join(', ')})`;
  const type = new DuckDBStructType(
    names,
    stored.map((field) => field.type),
  );
  // DuckDB knows structs whose fields have names, and those whose fields have none.
  const shownNames = fields.every(({ name }) => name === null) ? fields.map(() => '') : names;
  const shown = new DuckDBStructType(
    shownNames,
    stored.map((field) => field.shown),
  );
  return { ...nested(type, sql, shown, stored), names };
}

/** Names that differ even without regard to case, as DuckDB needs them. */
function fieldNames(fields: readonly TrinoField[]): string[] {
  const used = new Set<string>();
  return fields.map(({ name }, index) => {
    const wanted = name ?? `f${index + 1}`;
    let unique = wanted;
    for (let count = 1; used.has(unique.toLowerCase()); count += 1) unique = `${wanted}_${count}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

function plain(type: DuckDBType, note: string | null = null): StoredType {
  return { type, sql: type.toString(), names: [], shown: type, note };
}

function nested(type: DuckDBType, sql: string, shown: DuckDBType, parts: readonly StoredType[]): StoredType {
  const note = parts.find((part) => part.note !== null)?.note ?? null;
  return {
    type,
    sql,
    names: [],
    shown,
    note: note === null ? null : `in its parts ${note.replace(/^in its parts /, '')}`,
  };
}
