import {
  BOOLEAN, BIGINT, DATE, DOUBLE, TIMESTAMP, VARCHAR,
  type DuckDBConnection, type DuckDBPreparedStatement, type DuckDBType, type DuckDBValue,
} from '@duckdb/node-api'; // prettier-ignore
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

/** Lets DuckDB parse the text of each value, so that a parameter is exactly the result of CAST. */
export async function readParameters(
  parameters: Readonly<Record<string, Parameter>>,
  connection: DuckDBConnection,
): Promise<BoundValues> {
  const bound: BoundValues = { values: {}, types: {} };
  for (const [name, { type, value }] of Object.entries(parameters)) {
    const text = value === null ? 'NULL' : quoteText(value);
    const [row] = (await connection.runAndReadAll(`SELECT CAST(${text} AS ${type})`)).getRows();
    bound.values[name] = row?.[0] ?? null;
    bound.types[name] = types[type];
  }
  return bound;
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
