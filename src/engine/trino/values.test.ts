import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { typeOf, type TrinoType } from './type';
import { parseExact, readRows } from './values';

const bigint: TrinoType = { kind: 'bigint' };

/** The rows of a page as the client reads them. */
function rowsOf(types: readonly TrinoType[], text: string) {
  return readRows(types, JSON.parse(text), () => parseExact(text, z.unknown()));
}

test('every BIGINT arrives as it is, alone and nested', () => {
  const nested: TrinoType = { kind: 'map', key: bigint, value: { kind: 'array', element: bigint } };
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (numbers) => {
      const rows = numbers.map((each) => `[${each}, {"${each}": [${each}, null]}]`);
      expect(rowsOf([bigint, nested], `[${rows.join(',')}]`)).toEqual(
        numbers.map((each) => [each, new Map([[each, [each, null]]])]),
      );
    }),
  );
});

test('every DOUBLE arrives as it is beside a large BIGINT', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = Object.is(number, -0) ? '-0.0' : JSON.stringify(number);
      expect(rowsOf([bigint, { kind: 'double' }], `[[9007199254740993, ${text}]]`)).toEqual([
        [9007199254740993n, number],
      ]);
    }),
    // Written without an exponent.
    { examples: [[36_893_488_147_419_103_000], [-1e20]] },
  );
});

test('digits in texts stay texts, and the names of fields have no meaning', () => {
  const map: TrinoType = { kind: 'map', key: { kind: 'varchar', length: null }, value: bigint };
  const text = '[["12345678901234567890", {"__proto__": 9007199254740993, "12345678901234567890": 1}]]';
  expect(rowsOf([{ kind: 'varchar', length: null }, map], text)).toEqual([
    [
      '12345678901234567890',
      new Map([
        ['__proto__', 9007199254740993n],
        ['12345678901234567890', 1n],
      ]),
    ],
  ]);
});

test.each([
  ['a text for a BOOLEAN', 'boolean', '"true"'],
  ['a fraction for a BIGINT', 'bigint', '"1.5"'],
  ['an empty text for a DOUBLE', 'double', '""'],
  ['a number for a DATE', 'date', '1'],
] as const)('refused: %s', (_, kind, text) => {
  expect(() => rowsOf([{ kind }], `[[${text}]]`)).toThrow(/came as/);
});

test('a type of an older or newer server is kept by name', () => {
  const found = typeOf({ rawType: 'Geometry', arguments: [] });
  expect(found).toEqual({ kind: 'other', name: 'Geometry' });
  expect(rowsOf([found, found], '[["POINT (1 2)", {"a":[1]}]]')).toEqual([['POINT (1 2)', '{"a":[1]}']]);
});
