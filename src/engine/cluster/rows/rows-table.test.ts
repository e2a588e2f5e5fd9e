import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { columnSql, describeTable } from '../../results/result-table';
import { typeCases } from '../../trino/testing/type-cases';
import type { TrinoType } from '../../trino/type';
import type { TrinoValue } from '../../trino/values';
import { RowsTable } from './rows-table';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

/** A column of values as DuckDB stores it: its type, the values as text, and notes. */
async function stored(type: TrinoType, values: readonly TrinoValue[], typeText = 'type') {
  const table = new RowsTable('result_x', [{ name: 'v', type, typeText }]);
  await connection.run('DROP TABLE IF EXISTS result_x');
  await table.create(connection);
  await table.append(
    values.map((value) => [value]),
    connection,
  );
  const described = await describeTable('result_x', ['v'], connection, table.unnamed);
  const reader = await connection.runAndReadAll(`SELECT CAST(${columnSql(described, 0)} AS VARCHAR) FROM result_x t`);
  return { type: described.columns[0]?.type, texts: reader.getRowsJS().map(([text]) => text), notes: table.notes };
}

const nines = '9'.repeat(38);
/** DuckDB's type and text for each of {@link typeCases}, in their order. */
const expected: readonly (readonly [string, string | null])[] = [
  ['BOOLEAN', 'true'],
  ['BOOLEAN', null],
  ['TINYINT', '-128'],
  ['SMALLINT', '32767'],
  ['INTEGER', '-2147483648'],
  ['BIGINT', '-9223372036854775808'],
  ['BIGINT', '9223372036854775807'],
  ['BIGINT', '9007199254740993'],
  ['BIGINT', '7'],
  ['DECIMAL(38,0)', nines],
  ['DECIMAL(38,38)', `-.${nines}`],
  ['DECIMAL(3,2)', '1.50'],
  ['FLOAT', '1.1'],
  ['FLOAT', 'nan'],
  ['DOUBLE', '1.7976931348623157e+308'],
  ['DOUBLE', '5e-324'],
  ['DOUBLE', '0.1'],
  ['DOUBLE', '1.0'],
  ['DOUBLE', '-inf'],
  ['DOUBLE', 'inf'],
  ['DOUBLE', 'nan'],
  ['VARCHAR', 'Zürich ☃ \u{1F600}'],
  ['VARCHAR', ''],
  ['VARCHAR', 'ab  '],
  ['BLOB', String.raw`\x00\xFF\x10`],
  ['BLOB', ''],
  ['DATE', '2024-02-29'],
  ['DATE', '0001-01-01'],
  ['DATE', '22024-01-01'],
  ['DATE', '0977-01-01 (BC)'],
  ['TIME', '01:02:03'],
  ['VARCHAR', '23:59:59.999999999999'],
  ['TIME WITH TIME ZONE', '01:02:03.456+05:30'],
  ['TIMESTAMP', '2024-01-02 03:04:05'],
  ['TIMESTAMP', '2024-01-02 03:04:05.123'],
  ['TIMESTAMP', '2024-01-02 03:04:05.123456'],
  ['TIMESTAMP_NS', '2024-01-02 03:04:05.123456789'],
  ['VARCHAR', '2024-01-02 03:04:05.123456789012'],
  ['TIMESTAMP', '0977-01-02 (BC) 03:04:05.1'],
  ['TIMESTAMP WITH TIME ZONE', '2024-01-02 03:04:05.123456+00'],
  ['TIMESTAMP WITH TIME ZONE', '2024-07-02 01:04:05+00'],
  ['VARCHAR', '2024-01-02 03:04:05.123456789012 -08:00'],
  ['INTERVAL', '-3 months'],
  ['INTERVAL', '2 days 03:04:05.678'],
  ['UUID', '12151fd2-7586-11e9-8f9e-2a86e4085a59'],
  ['VARCHAR', '2001:db8::1'],
  ['JSON', '{"a":[9007199254740993,1.1,null]}'],
  ['VARCHAR', null],
  ['INTEGER[]', '[1, NULL, 3]'],
  ['BIGINT[][]', '[]'],
  ['MAP(VARCHAR, INTEGER)', '{a=1, __proto__=NULL}'],
  ['MAP(BIGINT, BIGINT[])', '{9007199254740993=[9007199254740993]}'],
  ['MAP(DOUBLE, BOOLEAN)', '{1.5=true, nan=false}'],
  ['MAP(DATE, DECIMAL(2,1))', '{2024-01-01=1.0}'],
  ['STRUCT("" INTEGER, "" VARCHAR, "" VARCHAR)', '(1, x, NULL)'],
  [
    'STRUCT(a BIGINT, "B c" STRUCT(t TIMESTAMP, m MAP(VARCHAR, STRUCT(x DOUBLE))))',
    "{'a': 1, 'B c': {'t': '2024-01-02 03:04:05.123456', 'm': NULL}}",
  ],
];

test('every type of Trino becomes the same type and value of DuckDB, or the text of the value', async () => {
  await connection.run("SET TimeZone = 'UTC'");
  const found = [];
  for (const [, type, , value] of typeCases) {
    const { type: shown, texts } = await stored(type, [value, null]);
    expect(texts[1]).toBe(null);
    found.push([shown, texts[0]]);
  }
  expect(found).toEqual(expected);
});

test('columns with more digits than DuckDB has are named', async () => {
  const type: TrinoType = { kind: 'timestamp', precision: 12, zone: false };
  const { notes } = await stored({ kind: 'array', element: type }, [], 'array(timestamp(12))');
  expect(notes).toEqual([
    'Column v (array(timestamp(12))) is in its parts text, since its 12 digits of a second are more than DuckDB has.',
  ]);
});

test('fields of one name, and a field without one, get names of their own', async () => {
  const integer: TrinoType = { kind: 'integer' };
  const fields = ['a', 'A', null].map((name) => ({ name, type: integer }));
  const { type, texts } = await stored({ kind: 'row', fields }, [[1, 2, 3]]);
  expect(type).toBe('STRUCT(a INTEGER, A_1 INTEGER, f3 INTEGER)');
  expect(texts).toEqual(["{'a': 1, 'A_1': 2, 'f3': 3}"]);
});

test('a value outside of the range of DuckDB is an error that says what to do', async () => {
  const type: TrinoType = { kind: 'timestamp', precision: 9, zone: false };
  await expect(stored(type, ['2500-01-01 00:00:00.000000001'], 'timestamp(9)')).rejects.toMatchObject({
    code: 'CLUSTER_ANSWER',
    message: "A value of the column v (timestamp(9)) doesn't fit a type of DuckDB.",
    details: { action: 'Select it as text: CAST(v AS varchar).', cause: '2500-01-01 00:00:00.000000001' },
  });
});

describe('against DuckDB', () => {
  test('days of all years', async () => {
    const days = fc.sample(fc.integer({ min: -2_500_000, max: 100_000_000 }), 500);
    // Trino writes years before 1 as negative numbers.
    const sql = `SELECT CASE WHEN year(d) < 0 THEN format('-{:04d}', -year(d)) ELSE format('{:04d}', year(d)) END
        || strftime(d, '-%m-%d'), CAST(d AS VARCHAR) FROM (SELECT DATE '1970-01-01' + unnest([${days.join()}]) AS d)`;
    const rows = (await connection.runAndReadAll(sql)).getRowsJS().map((row) => row.map(String));
    const { texts } = await stored(
      { kind: 'date' },
      rows.map(([text = '']) => text),
    );
    expect(texts).toEqual(rows.map(([, text]) => text));
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'])(
    'moments in %s',
    async (zone) => {
      const seconds = fc.sample(fc.integer({ min: 0, max: 2_000_000_000 }), 500);
      // Hours that clocks show twice are left out: there is another moment with the same local time.
      const local = `(t AT TIME ZONE '${zone}')`;
      const twice = [-60, -30, 30, 60].map(
        (minutes) => `${local} = (t + to_minutes(${minutes})) AT TIME ZONE '${zone}'`,
      );
      const sql = `SELECT strftime(${local}, '%Y-%m-%d %H:%M:%S') || ' ${zone}', CAST(t AS VARCHAR)
        FROM (SELECT to_timestamp(unnest([${seconds.join()}])) AS t) WHERE NOT (${twice.join(' OR ')})`;
      const rows = (await connection.runAndReadAll(sql)).getRowsJS().map((row) => row.map(String));
      const { texts } = await stored(
        { kind: 'timestamp', precision: 0, zone: true },
        rows.map(([text = '']) => text),
      );
      expect(texts).toEqual(rows.map(([, text]) => text));
    },
  );
});
