import {
  BOOLEAN, BIGINT, DATE, DOUBLE, TIMESTAMP, VARCHAR,
  type DuckDBConnection, type DuckDBPreparedStatement, type DuckDBType, type DuckDBValue,
} from '@duckdb/node-api'; // prettier-ignore
import { AppError } from '../../contract/app-error';
import type { Parameter } from '../../contract/results';
import { parameterNames } from '../../contract/text/sql-text';
import { quoteText } from './quote';

/** Values for the parameters of one statement, as the binding takes them. */
export interface BoundValues {
  readonly values: Record<string, DuckDBValue>;
  readonly types: Record<string, DuckDBType>;
}

export const noValues: BoundValues = { values: {}, types: {} };

const types: Record<Parameter['type'], DuckDBType> = { VARCHAR, BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP };

const mostShown = 60;

/** Each type in words, and a value of it as people write it. */
const described: Record<Parameter['type'], { readonly noun: string; readonly example: string }> = {
  VARCHAR: { noun: 'a text', example: 'purchase' },
  BIGINT: { noun: 'an integer', example: '42' },
  DOUBLE: { noun: 'a number', example: '1.5' },
  BOOLEAN: { noun: 'true or false', example: 'true' },
  DATE: { noun: 'a date', example: '2025-01-31' },
  TIMESTAMP: { noun: 'a timestamp', example: '2025-01-31 12:00:00' },
};

/**
 * Lets DuckDB parse the text of each value, so that a parameter is exactly the result of CAST.
 * @throws AppError INVALID_OPTIONS for a value that isn't of its type
 */
export async function readParameters(
  parameters: Readonly<Record<string, Parameter>>,
  connection: DuckDBConnection,
): Promise<BoundValues> {
  const bound: BoundValues = { values: {}, types: {} };
  for (const [name, { type, value }] of Object.entries(parameters)) {
    const text = value === null ? 'NULL' : quoteText(value);
    const [row] = (await connection.runAndReadAll(`SELECT TRY_CAST(${text} AS ${type})`)).getRows();
    const read = row?.[0] ?? null;
    if (read === null && value !== null) throw notOfType(name, value, type);
    bound.values[name] = read;
    bound.types[name] = types[type];
  }
  return bound;
}

function notOfType(name: string, value: string, type: Parameter['type']): AppError {
  const { noun, example } = described[type];
  const shown = value.length > mostShown ? `${value.slice(0, mostShown)}…` : value;
  const message = value.trim() === '' ? `$${name} has no value.` : `The value of $${name}, “${shown}”, is not ${noun}.`;
  return new AppError('INVALID_OPTIONS', message, {
    action: `Enter ${noun}, such as ${example}, or choose another type.`,
  });
}

/** Binds the values that a statement uses; DuckDB reports missing ones when it runs. */
export function bind(prepared: DuckDBPreparedStatement, { values, types: typeOf }: BoundValues): void {
  for (let index = 1; index <= prepared.parameterCount; index += 1) {
    const name = prepared.parameterName(index);
    if (name in values) prepared.bindValue(index, values[name] ?? null, typeOf[name]);
  }
}

/** The values that a statement uses: DuckDB rejects any other. */
export function usedIn(sql: string, { values, types: typeOf }: BoundValues): BoundValues {
  const used: BoundValues = { values: {}, types: {} };
  for (const name of parameterNames(sql)) {
    const type = typeOf[name];
    if (type) Object.assign(used.values, { [name]: values[name] ?? null });
    if (type) Object.assign(used.types, { [name]: type });
  }
  return used;
}
