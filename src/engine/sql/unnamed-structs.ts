import { DuckDBTypeId, type DuckDBConnection, type DuckDBPreparedStatement, type DuckDBType } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { quoteIdentifier } from './quote';
import { usedIn, type BoundValues } from './parameters';

/** A SELECT whose rows can be stored in a table. */
export interface StorableSelect {
  readonly select: string;
  /** By column, the original type, if the table stores its structs with field names. */
  readonly unnamed: ReadonlyMap<number, DuckDBType>;
}

/*
 * DuckDB can't store structs without field names, such as `(1, 2)`, in a table or inside another value. In the table of
 * a result their fields are named f1, f2, ...; queries on the table remove the names again.
 */

/** Whether a table may be unable to store the rows of a statement; also true if its types depend on parameters. */
export function mayBeUnnamed(prepared: DuckDBPreparedStatement): boolean {
  if (prepared.parameterCount > 0) return true;
  return Array.from({ length: prepared.columnCount }, (_, index) => prepared.columnType(index)).some(hasUnnamed);
}

/**
 * A SELECT with names for the fields of all structs, so that a table can store its rows.
 * @param select one that only reads: DuckDB reports the types of its columns when asked for no rows
 */
export async function storableSelect(
  select: string,
  bound: BoundValues,
  connection: DuckDBConnection,
): Promise<StorableSelect> {
  const { values, types: typeOf } = usedIn(select, bound);
  const result = await connection.run(`FROM (\n${select}\n) LIMIT 0`, values, typeOf);
  const types = result.columnTypes();
  if (!types.some(hasUnnamed)) return { select, unnamed: new Map() };
  const names = result.columnNames();
  const places = types.map((_, index) => quoteIdentifier(`c${index}`));
  const stored = types.map((type, index) => {
    const place = `t.${places[index] ?? ''}`;
    const value = hasUnnamed(type) ? `CAST(${place} AS ${namedType(type)})` : place;
    return `${value} AS ${quoteIdentifier(uniqueName(names, index))}`;
  });
  return {
    // The statement keeps its own lines, so that positions in errors stay valid.
    select: `SELECT ${stored.join(', ')} FROM (\n${select}\n) t(${places.join(', ')})`,
    unnamed: new Map([...types.entries()].filter(([, type]) => hasUnnamed(type))),
  };
}

/** A unique name, as DuckDB numbers columns of the same name in a table. */
function uniqueName(names: readonly string[], index: number): string {
  const name = names[index] ?? '';
  const before = names.slice(0, index).filter((other) => other.toLowerCase() === name.toLowerCase()).length;
  return before === 0 ? name : `${name}_${before}`;
}

/**
 * Refuses to write such values in a format that needs names for all fields.
 * @param format as the user knows it
 * @throws AppError INVALID_OPTIONS
 */
export function refuseUnnamed(
  format: string,
  unnamed: ReadonlyMap<number, DuckDBType>,
  names: readonly { readonly name: string }[],
  columns: readonly number[],
): void {
  const column = columns.find((candidate) => unnamed.has(candidate));
  if (column === undefined) return;
  const name = names[column]?.name ?? '';
  throw new AppError(
    'INVALID_OPTIONS',
    `${format} can't store the column ${name}: the fields of its structs have no names.`,
    {
      action: `Choose CSV, or name the fields in the SQL, as in {'a': 1, 'b': 2}.`,
    },
  );
}

/** Whether values of a type contain structs without field names. */
export function hasUnnamed(type: DuckDBType): boolean {
  if (type.typeId === DuckDBTypeId.STRUCT) return type.entryNames.includes('') || type.entryTypes.some(hasUnnamed);
  if (type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY) return hasUnnamed(type.valueType);
  if (type.typeId === DuckDBTypeId.MAP) return hasUnnamed(type.keyType) || hasUnnamed(type.valueType);
  return false;
}

const fieldName = (name: string, index: number) => name || `f${index + 1}`;

/** The type with names for all fields, as SQL. */
function namedType(type: DuckDBType): string {
  if (!hasUnnamed(type)) return type.toString();
  switch (type.typeId) {
    case DuckDBTypeId.STRUCT:
      return `STRUCT(${type.entryTypes
        .map((entry, index) => `${quoteIdentifier(fieldName(type.entryNames[index] ?? '', index))} ${namedType(entry)}`)
        .join(', ')})`;
    case DuckDBTypeId.LIST:
      return `${namedType(type.valueType)}[]`;
    case DuckDBTypeId.ARRAY:
      return `${namedType(type.valueType)}[${type.length}]`;
    case DuckDBTypeId.MAP:
      return `MAP(${namedType(type.keyType)}, ${namedType(type.valueType)})`;
    default:
      return type.toString();
  }
}

/**
 * The original value, from the stored one.
 * @param value SQL of the stored value
 */
export function unnamedSql(value: string, type: DuckDBType, depth = 0): string {
  if (!hasUnnamed(type)) return value;
  const item = `item${depth}`;
  switch (type.typeId) {
    case DuckDBTypeId.STRUCT: {
      const fields = type.entryTypes.map((entry, index) => {
        const name = type.entryNames[index] ?? '';
        const field = unnamedSql(`(${value}).${quoteIdentifier(fieldName(name, index))}`, entry, depth + 1);
        return name ? `${quoteIdentifier(name)} := ${field}` : field;
      });
      const make = type.entryNames.includes('') ? 'row' : 'struct_pack';
      return `CASE WHEN ${value} IS NOT NULL THEN ${make}(${fields.join(', ')}) END`;
    }
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return `list_transform(${value}, lambda ${item}: ${unnamedSql(item, type.valueType, depth + 1)})`;
    case DuckDBTypeId.MAP: {
      const key = unnamedSql(`${item}.key`, type.keyType, depth + 1);
      const entry = `{'key': ${key}, 'value': ${unnamedSql(`${item}.value`, type.valueType, depth + 1)}}`;
      return `map_from_entries(list_transform(map_entries(${value}), lambda ${item}: ${entry}))`;
    }
    default:
      return value;
  }
}
