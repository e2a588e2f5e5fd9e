import type { TrinoType } from '../type';
import type { TrinoValue } from '../values';

/** A value of a real Trino: its expression, the type that the client should see, and the value. */
export type TypeCase = readonly [expression: string, type: TrinoType, typeText: string, value: TrinoValue];

const varchar: TrinoType = { kind: 'varchar', length: null };
const varcharOf = (length: number): TrinoType => ({ kind: 'varchar', length });
const integer: TrinoType = { kind: 'integer' };
const bigint: TrinoType = { kind: 'bigint' };
const double: TrinoType = { kind: 'double' };
const real: TrinoType = { kind: 'real' };
const date: TrinoType = { kind: 'date' };
const decimal = (precision: number, scale: number): TrinoType => ({ kind: 'decimal', precision, scale });
const time = (precision: number, zone = false): TrinoType => ({ kind: 'time', precision, zone });
const timestamp = (precision: number, zone = false): TrinoType => ({ kind: 'timestamp', precision, zone });
const map = (key: TrinoType, value: TrinoType): TrinoType => ({ kind: 'map', key, value });
const nines = '9'.repeat(38);

/** Every type of Trino 476 that SQL can write, with its ends. */
export const typeCases: readonly TypeCase[] = [
  ['true', { kind: 'boolean' }, 'boolean', true],
  ['CAST(NULL AS boolean)', { kind: 'boolean' }, 'boolean', null],
  ["TINYINT '-128'", { kind: 'tinyint' }, 'tinyint', -128],
  ["SMALLINT '32767'", { kind: 'smallint' }, 'smallint', 32_767],
  ["INTEGER '-2147483648'", integer, 'integer', -2_147_483_648],
  ["BIGINT '-9223372036854775808'", bigint, 'bigint', -9_223_372_036_854_775_808n],
  ["BIGINT '9223372036854775807'", bigint, 'bigint', 9_223_372_036_854_775_807n],
  ["BIGINT '9007199254740993'", bigint, 'bigint', 9_007_199_254_740_993n],
  ["BIGINT '7'", bigint, 'bigint', 7n],
  [`DECIMAL '${nines}'`, decimal(38, 0), 'decimal(38, 0)', nines],
  [`DECIMAL '-0.${nines}'`, decimal(38, 38), 'decimal(38, 38)', `-0.${nines}`],
  ["DECIMAL '1.50'", decimal(3, 2), 'decimal(3, 2)', '1.50'],
  ["REAL '1.1'", real, 'real', 1.1],
  ['CAST(nan() AS real)', real, 'real', Number.NaN],
  ["DOUBLE '1.7976931348623157E308'", double, 'double', Number.MAX_VALUE],
  ["DOUBLE '4.9E-324'", double, 'double', Number.MIN_VALUE],
  ["DOUBLE '0.1'", double, 'double', 0.1],
  ['1e0', double, 'double', 1],
  ['-infinity()', double, 'double', Number.NEGATIVE_INFINITY],
  ['infinity()', double, 'double', Number.POSITIVE_INFINITY],
  ['nan()', double, 'double', Number.NaN],
  ["'Zürich ☃ \u{1F600}'", varcharOf(10), 'varchar(10)', 'Zürich ☃ \u{1F600}'],
  ["CAST('' AS varchar)", varchar, 'varchar', ''],
  ["CAST('ab' AS char(4))", { kind: 'char', length: 4 }, 'char(4)', 'ab  '],
  ["X'00FF10'", { kind: 'varbinary' }, 'varbinary', new Uint8Array([0, 255, 16])],
  ["X''", { kind: 'varbinary' }, 'varbinary', new Uint8Array()],
  ["DATE '2024-02-29'", date, 'date', '2024-02-29'],
  ["DATE '0001-01-01'", date, 'date', '0001-01-01'],
  ["date_add('year', 20000, DATE '2024-01-01')", date, 'date', '+22024-01-01'],
  ["date_add('year', -3000, DATE '2024-01-01')", date, 'date', '-0976-01-01'],
  ["TIME '01:02:03'", time(0), 'time(0)', '01:02:03'],
  ["TIME '23:59:59.999999999999'", time(12), 'time(12)', '23:59:59.999999999999'],
  ["TIME '01:02:03.456 +05:30'", time(3, true), 'time(3) with time zone', '01:02:03.456+05:30'],
  ["TIMESTAMP '2024-01-02 03:04:05'", timestamp(0), 'timestamp(0)', '2024-01-02 03:04:05'],
  ["TIMESTAMP '2024-01-02 03:04:05.123'", timestamp(3), 'timestamp(3)', '2024-01-02 03:04:05.123'],
  ["TIMESTAMP '2024-01-02 03:04:05.123456'", timestamp(6), 'timestamp(6)', '2024-01-02 03:04:05.123456'],
  ["TIMESTAMP '2024-01-02 03:04:05.123456789'", timestamp(9), 'timestamp(9)', '2024-01-02 03:04:05.123456789'],
  ["TIMESTAMP '2024-01-02 03:04:05.123456789012'", timestamp(12), 'timestamp(12)', '2024-01-02 03:04:05.123456789012'],
  ["TIMESTAMP '-0976-01-02 03:04:05.1'", timestamp(1), 'timestamp(1)', '-0976-01-02 03:04:05.1'],
  [
    "TIMESTAMP '2024-01-02 03:04:05.123456 UTC'",
    timestamp(6, true),
    'timestamp(6) with time zone',
    '2024-01-02 03:04:05.123456 UTC',
  ],
  [
    "TIMESTAMP '2024-07-02 03:04:05 Europe/Berlin'",
    timestamp(0, true),
    'timestamp(0) with time zone',
    '2024-07-02 03:04:05 Europe/Berlin',
  ],
  [
    "TIMESTAMP '2024-01-02 03:04:05.123456789012 -08:00'",
    timestamp(12, true),
    'timestamp(12) with time zone',
    '2024-01-02 03:04:05.123456789012 -08:00',
  ],
  ["INTERVAL '-3' MONTH", { kind: 'interval', unit: 'year to month' }, 'INTERVAL YEAR TO MONTH', '-0-3'],
  [
    "INTERVAL '2 03:04:05.678' DAY TO SECOND",
    { kind: 'interval', unit: 'day to second' },
    'INTERVAL DAY TO SECOND',
    '2 03:04:05.678',
  ],
  ["UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59'", { kind: 'uuid' }, 'uuid', '12151fd2-7586-11e9-8f9e-2a86e4085a59'],
  ["IPADDRESS '2001:db8::1'", { kind: 'ipaddress' }, 'ipaddress', '2001:db8::1'],
  [`JSON '{"a": [9007199254740993, 1.10, null]}'`, { kind: 'json' }, 'json', '{"a":[9007199254740993,1.1,null]}'],
  ['NULL', { kind: 'unknown' }, 'unknown', null],
  ['ARRAY[1, NULL, 3]', { kind: 'array', element: integer }, 'array(integer)', [1, null, 3]],
  [
    'CAST(ARRAY[] AS array(array(bigint)))',
    { kind: 'array', element: { kind: 'array', element: bigint } },
    'array(array(bigint))',
    [],
  ],
  [
    "MAP(ARRAY['a', '__proto__'], ARRAY[1, NULL])",
    map(varcharOf(9), integer),
    'map(varchar(9), integer)',
    new Map([
      ['a', 1],
      ['__proto__', null],
    ]),
  ],
  [
    "MAP(ARRAY[BIGINT '9007199254740993'], ARRAY[ARRAY[BIGINT '9007199254740993']])",
    map(bigint, { kind: 'array', element: bigint }),
    'map(bigint, array(bigint))',
    new Map([[9_007_199_254_740_993n, [9_007_199_254_740_993n]]]),
  ],
  [
    'MAP(ARRAY[1.5e0, nan()], ARRAY[true, false])',
    map(double, { kind: 'boolean' }),
    'map(double, boolean)',
    new Map([
      [1.5, true],
      [Number.NaN, false],
    ]),
  ],
  [
    "MAP(ARRAY[DATE '2024-01-01'], ARRAY[DECIMAL '1.0'])",
    map(date, decimal(2, 1)),
    'map(date, decimal(2, 1))',
    new Map([['2024-01-01', '1.0']]),
  ],
  [
    "ROW(1, 'x', NULL)",
    {
      kind: 'row',
      fields: [
        { name: null, type: integer },
        { name: null, type: varcharOf(1) },
        { name: null, type: { kind: 'unknown' } },
      ],
    },
    'row(integer, varchar(1), unknown)',
    [1, 'x', null],
  ],
  [
    `CAST(ROW(1, ROW(TIMESTAMP '2024-01-02 03:04:05.123456', NULL)) AS row(a bigint, "B c" row(t timestamp(6), m map(varchar, row(x double)))))`,
    {
      kind: 'row',
      fields: [
        { name: 'a', type: bigint },
        {
          name: 'B c',
          type: {
            kind: 'row',
            fields: [
              { name: 't', type: timestamp(6) },
              { name: 'm', type: map(varchar, { kind: 'row', fields: [{ name: 'x', type: double }] }) },
            ],
          },
        },
      ],
    },
    'row(a bigint, "B c" row(t timestamp(6), m map(varchar, row(x double))))',
    [1n, ['2024-01-02 03:04:05.123456', null]],
  ],
];

/** One statement with all of them; columns may share a name. */
export const typesSql = `SELECT ${typeCases.map(([expression]) => `${expression} AS v`).join(',\n  ')}`;
