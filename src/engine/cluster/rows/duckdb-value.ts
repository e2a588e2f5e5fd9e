import {
  DuckDBBlobValue, DuckDBDecimalValue, DuckDBListValue, DuckDBMapValue, DuckDBStructValue, DuckDBUUIDValue,
  type DuckDBValue,
} from '@duckdb/node-api'; // prettier-ignore
import type { TrinoType } from '../../trino/type';
import type { TrinoValue } from '../../trino/values';
import { storedTypeOf } from './duckdb-type';
import {
  OutOfRange,
  dateValue,
  daysAndTime,
  timeValue,
  timeWithZone,
  timestampValue,
  timestampWithZone,
  yearsAndMonths,
} from './time-values';

type Converter = (value: TrinoValue) => DuckDBValue;

/** Converts the client's values of a type to those that DuckDB appends. @throws OutOfRange */
export function converterOf(type: TrinoType): Converter {
  const convert = converterOfValue(type);
  return (value) => (value === null ? null : convert(value));
}

function converterOfValue(type: TrinoType): Converter {
  switch (type.kind) {
    case 'decimal': {
      const { precision, scale } = type;
      return text((value) => new DuckDBDecimalValue(BigInt(value.replace('.', '')), precision, scale));
    }
    case 'date':
      return text(dateValue);
    case 'time':
    case 'timestamp':
      return timeConverter(type);
    case 'interval':
      return text(type.unit === 'year to month' ? yearsAndMonths : daysAndTime);
    case 'uuid':
      return text((value) => DuckDBUUIDValue.fromUint128(BigInt(`0x${value.replaceAll('-', '')}`)));
    case 'varbinary':
      return (value) => (value instanceof Uint8Array ? new DuckDBBlobValue(value) : unexpected(value));
    case 'array': {
      const element = converterOf(type.element);
      return (value) => new DuckDBListValue(listOf(value).map(element));
    }
    case 'map': {
      const [key, mapped] = [converterOf(type.key), converterOf(type.value)];
      return (value) => {
        if (!(value instanceof Map)) return unexpected(value);
        const entries = [...value].map(([name, each]) => ({ key: key(name), value: mapped(each) }));
        return new DuckDBMapValue(entries);
      };
    }
    case 'row': {
      const fields = type.fields.map((field) => converterOf(field.type));
      const { names } = storedTypeOf(type);
      return (value) => {
        const values = listOf(value);
        const entries = fields.map((convert, index) => [names[index] ?? '', convert(values[index] ?? null)] as const);
        return new DuckDBStructValue(Object.fromEntries(entries));
      };
    }
    default:
      return (value) => (isPlain(value) ? value : unexpected(value));
  }
}

function timeConverter(type: TrinoType & { readonly kind: 'time' | 'timestamp' }): Converter {
  const { kind, precision, zone } = type;
  const digits = precision <= 6 ? 6 : 9;
  // Stored as text.
  if (precision > 9 || (zone && digits === 9)) return text((value) => value);
  if (kind === 'time') return text(zone ? timeWithZone : (value) => timeValue(value, digits));
  return text(zone ? timestampWithZone : (value) => timestampValue(value, digits));
}

function text(convert: (value: string) => DuckDBValue): Converter {
  return (value) => (typeof value === 'string' ? convert(value) : unexpected(value));
}

function isPlain(value: TrinoValue): value is boolean | number | bigint | string {
  return ['boolean', 'number', 'bigint', 'string'].includes(typeof value);
}

function listOf(value: TrinoValue): readonly TrinoValue[] {
  return Array.isArray(value) ? value : unexpected(value);
}

function unexpected(value: TrinoValue): never {
  throw new OutOfRange(`A value came as ${typeof value}.`);
}
