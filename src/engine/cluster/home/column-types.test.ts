import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { TrinoColumn } from '../../trino/protocol';
import type { TrinoType } from '../../trino/type';
import type { TrinoRow, TrinoValue } from '../../trino/values';
import type { ClusterSession } from '../session';
import { streamTable } from './stream-table';

/** Pages as the client yields them, in place of a cluster. */
function sessionWith(columns: readonly TrinoColumn[], pages: readonly (readonly TrinoRow[])[]): ClusterSession {
  const session = {
    again: (work: () => Promise<unknown>) => work(),
    async *pages() {
      for (const rows of pages) yield { columns, rows };
    },
  };
  return session as unknown as ClusterSession;
}

const column = (name: string, type: TrinoType): TrinoColumn => ({ name, type, typeText: '' });
const varchar: TrinoType = { kind: 'varchar', length: null };
const timestamp = (precision: number, zone = false): TrinoType => ({ kind: 'timestamp', precision, zone });

test.each<[TrinoType, TrinoValue, string, string]>([
  [{ kind: 'bigint' }, 9_223_372_036_854_775_807n, 'BIGINT', '9223372036854775807'],
  [{ kind: 'integer' }, -5, 'INTEGER', '-5'],
  [{ kind: 'double' }, 0.1, 'DOUBLE', '0.1'],
  [{ kind: 'double' }, Number.NaN, 'DOUBLE', 'nan'],
  [{ kind: 'double' }, -Infinity, 'DOUBLE', '-inf'],
  [{ kind: 'double' }, 1e300, 'DOUBLE', '1e+300'],
  [{ kind: 'real' }, 0.1, 'FLOAT', '0.1'],
  [{ kind: 'boolean' }, false, 'BOOLEAN', 'false'],
  [{ kind: 'decimal', precision: 38, scale: 2 }, '123456789012345678901234567890123456.78', 'DECIMAL(38,2)', '123456789012345678901234567890123456.78'],
  [varchar, "it's \0 \n ä", 'VARCHAR', "it's \0 \n ä"],
  [varchar, '', 'VARCHAR', ''],
  [{ kind: 'varbinary' }, new Uint8Array([0, 255, 39]), 'BLOB', String.raw`\x00\xFF\x27`],
  [{ kind: 'date' }, '2025-02-28', 'DATE', '2025-02-28'],
  [timestamp(6), '2025-02-28 23:59:59.999999', 'TIMESTAMP', '2025-02-28 23:59:59.999999'],
  [timestamp(9), '2025-02-28 23:59:59.123456789', 'TIMESTAMP_NS', '2025-02-28 23:59:59.123456789'],
  [timestamp(3, true), '2025-02-28 23:59:59.123 UTC', 'TIMESTAMP WITH TIME ZONE', '2025-02-28 23:59:59.123+00'],
  [{ kind: 'time', precision: 6, zone: false }, '23:59:59.000001', 'TIME', '23:59:59.000001'],
  [{ kind: 'json' }, '{"a":1}', 'JSON', '{"a":1}'],
  [{ kind: 'array', element: { kind: 'bigint' } }, [1n, null, 9_223_372_036_854_775_807n], 'BIGINT[]', '[1, NULL, 9223372036854775807]'],
  [{ kind: 'map', key: varchar, value: { kind: 'decimal', precision: 5, scale: 2 } }, new Map([['a', '1.50']]), 'MAP(VARCHAR, DECIMAL(5,2))', '{a=1.50}'],
  [{ kind: 'row', fields: [{ name: 'x', type: { kind: 'date' } }, { name: null, type: varchar }] }, ['2025-01-01', 'b'], 'STRUCT(x DATE, field1 VARCHAR)', "{'x': 2025-01-01, 'field1': b}"],
])('%j of %s becomes %s', async (type, value, duckDb, text) => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const columns = [column('v', type), column('id', { kind: 'integer' })];
  await streamTable(sessionWith(columns, [[[value, 1]], [], [[null, 2]]]), '', connection);
  const rows = await connection.runAndReadAll(
    'SELECT typeof(v), CAST(v AS VARCHAR) FROM temp.fresh_rows ORDER BY id',
  );
  expect(rows.getRowsJson()).toEqual([
    [duckDb, text],
    [duckDb, null],
  ]);
  connection.closeSync();
  instance.closeSync();
}); // prettier-ignore
