import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { counterparts } from '../../charts/data/comparison';
import type { ChartPoint } from '../../charts/data/series';
import { averageOver, regrain, spanOf, startOf, type Grain, type Merge } from '../../charts/data/transform';
import type { TableData } from '../../charts/data/table-data';
import { comparisonSql, decimalsOf, tableSql, type TableRequest } from './table-sql';

const day = 86_400_000;
const begin = Date.parse('2024-11-25');
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

let rowsOf: (sql: string) => Promise<Record<string, string | number | null>[]>;

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  rowsOf = async (sql) => {
    const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  };
});

/** Times as text, everything else as a number. */
function plain(value: unknown): string | number | null {
  if (typeof value === 'string' && /^\d{4}-/.test(value)) return value;
  return value === null ? null : Number(value);
}

/** Weeks or days, some of them missing, as the SELECT of a metric and as points. */
const seriesArbitrary = fc.record({
  own: fc.constantFrom<Grain>('day', 'week'),
  values: fc.array(fc.option(fc.integer({ min: 0, max: 999 }), { freq: 6 }), { minLength: 12, maxLength: 90 }),
  merge: fc.constantFrom<Merge>('sum', 'average'),
  partial: fc.array(fc.nat(89), { maxLength: 4 }),
});

function metricOf({ own, values }: { own: Grain; values: readonly (number | null)[] }) {
  const step = own === 'week' ? 7 : 1;
  const points = values.flatMap((value, index): ChartPoint[] =>
    // Null stands for a period without a row; there are always the first two.
    value === null && index > 1 ? [] : [{ time: begin + index * step * day, values: [value ?? 1] }],
  );
  const rows = points.map(({ time, values: [value] }) => `(TIMESTAMP '${iso(time)}', ${value})`);
  return { points, sql: `SELECT * FROM (VALUES ${rows.join(', ')}) t(week, n) ORDER BY ALL` };
}

const fine = { exact: true, digits: 12 };
const base = { time: 'week', category: null, range: null, ownPartial: new Set<number>(), partial: new Set<number>() };

describe('the table beside a chart', () => {
  test('has the points of the chart at each grain, zoomed or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        seriesArbitrary,
        fc.constantFrom<Grain>('week', 'month'),
        fc.nat(40),
        fc.nat(40),
        async (options, grain, a, b) => {
          const { points, sql } = metricOf(options);
          const ownPartial = new Set(options.partial.flatMap((index) => points[index]?.time ?? []));
          const coarse = regrain({ names: ['n'], points }, grain, () => options.merge, ownPartial).points;
          const [first, last] = [Math.min(a, b, coarse.length - 1), Math.min(Math.max(a, b), coarse.length - 1)];
          const range = { from: coarse[first]?.time ?? 0, to: (coarse[last + 1]?.time ?? Infinity) - 1 };
          const values = [{ name: 'n', merge: options.merge, ...fine }];
          const rows = await rowsOf(tableSql({ ...base, sql, values, grain, unit: grain, range, ownPartial }));
          expect(rows.map((row) => row[grain])).toEqual(coarse.slice(first, last + 1).map(({ time }) => iso(time)));
          for (const [index, row] of rows.entries())
            expect(row.n).toBeCloseTo(coarse[first + index]?.values[0] ?? 0, 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('has the two compared ranges side by side, with their differences', async () => {
    await fc.assert(
      fc.asyncProperty(
        seriesArbitrary,
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        async (options, a, b, length) => {
          const { points, sql } = metricOf(options);
          const spanFrom = (first: number) => ({ first: Math.min(first, points.length - 1), last: Math.min(first + length, points.length - 1) }); // prettier-ignore
          const [span, other] = [spanFrom(a), spanFrom(b)];
          const rangeOf = ({ first, last }: { first: number; last: number }) => ({ from: points[first]?.time ?? 0, to: (points[last + 1]?.time ?? Infinity) - 1 }); // prettier-ignore
          expect(spanOf(points, rangeOf(span))).toEqual(span);
          const values = [{ name: 'n', merge: 'sum' as const, ...fine }];
          const request: TableRequest = { ...base, sql, values, grain: null, unit: options.own };
          const rows = await rowsOf(comparisonSql(request, rangeOf(span), rangeOf(other)));
          const partners = counterparts(points, span, other, options.own);
          const shown = rows.filter((row) => row['week A'] !== null);
          expect(shown.map(({ A }) => A)).toEqual(points.slice(span.first, span.last + 1).map(({ values: [value] }) => value)); // prettier-ignore
          expect(shown.map(({ B }) => B)).toEqual(partners.map((point) => point?.values[0] ?? null));
          for (const { A, B, difference } of shown) expect(difference).toBe(B === null ? null : Number(A) - Number(B));
          expect(rows.filter((row) => row['week B'] !== null).length).toBe(other.last - other.first + 1);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('compares the parts of a stack by their averages, without partial periods', async () => {
    const weeks = Array.from({ length: 8 }, (_, week) => begin + week * 7 * day);
    const points = weeks.map((time, week) => ({ time, values: [10 + week, week === 2 ? 0 : 5 * week] }));
    const rows = points.flatMap(({ time, values: [a = 0, b = 0] }) => [
      `(DATE '${iso(time)}', 'a', ${a})`,
      ...(b === 0 ? [] : [`(DATE '${iso(time)}', 'b', ${b})`]),
    ]);
    const sql = `SELECT * FROM (VALUES ${rows.join(', ')}) t(week, event_name, events)`;
    const partial = new Set([weeks[0] ?? 0, weeks[7] ?? 0]);
    const values = [{ name: 'events', merge: 'sum' as const, ...fine }];
    const request = { ...base, sql, category: 'event_name', values, grain: null, unit: 'week' as const, partial };
    const range = (first: number, last: number) => ({ from: weeks[first] ?? 0, to: (weeks[last] ?? 0) + day });
    const compared = await rowsOf(
      comparisonSql(request, range(4, 7), range(0, 3)).replace('SELECT coalesce(a."event_name", b."event_name")', "SELECT (coalesce(a.\"event_name\", b.\"event_name\") = 'b')::INT"), // prettier-ignore
    );
    for (const row of compared) {
      const index = Number(row['event_name']);
      expect(row['A']).toBeCloseTo(averageOver(points, { first: 4, last: 7 }, index, partial) ?? 0, 9);
      expect(row['B']).toBeCloseTo(averageOver(points, { first: 0, last: 3 }, index, partial) ?? 0, 9);
    }
    expect(compared.length).toBe(2);
    expect(compared[0]?.['change']).toBeCloseTo((25 - 20 / 3) / (20 / 3), 3);
  });

  test('averages the parts of a stack over all of its periods', async () => {
    const weeks = Array.from({ length: 6 }, (_, week) => Date.parse('2025-01-06') + week * 7 * day);
    const points = weeks.map((time, week) => ({ time, values: [week % 2 === 0 ? 12 : 0] }));
    const rows = weeks.flatMap((time, week) => [
      `(DATE '${iso(time)}', 1, ${week % 2 === 0 ? 12 : 'NULL'})`,
      `(DATE '${iso(time)}', 2, 1)`,
    ]);
    const sql = `SELECT * FROM (VALUES ${rows.join(', ')}) t(week, part, users) WHERE users IS NOT NULL`;
    const values = [{ name: 'users', merge: 'average' as const, ...fine }];
    const ownPartial = new Set([weeks[0] ?? 0]);
    const found = await rowsOf(tableSql({ ...base, sql, category: 'part', values, grain: 'month', unit: 'month', ownPartial })); // prettier-ignore
    const expected = regrain({ names: ['users'], points }, 'month', () => 'average', ownPartial).points;
    expect(expected.map(({ time }) => time)).toEqual([...new Set(weeks.map((time) => startOf(time, 'month')))]);
    const ones = found.filter(({ part }) => part === 1);
    for (const [index, { values: [value] }] of expected.entries()) expect(ones[index]?.['users'], String(index)).toBeCloseTo(value ?? 0, 9); // prettier-ignore
  });

  test('has two decimals, or four of small numbers, of all but exact values', async () => {
    const sql = `SELECT * FROM (VALUES (DATE '2025-01-06', 10.1::DOUBLE, 20, 0.1::DOUBLE), (DATE '2025-01-13', 20.2, 21, 0.3), (DATE '2025-01-20', 9.7, 25, 0.7)) t(week, spent, users, share)`;
    const data: TableData = {
      columns: [['week', 'DATE'], ['spent', 'DOUBLE'], ['users', 'BIGINT'], ['share', 'DOUBLE']].map(([name = '', type = '']) => ({ name, type })), // prettier-ignore
      rows: 1,
      text: () => null,
      number: (_row, column) => [0, 20.2, 25, 0.7][column] ?? null,
    };
    expect([1, 2, 3].map((column) => decimalsOf(data, column))).toEqual([{ exact: false, digits: 2 }, { exact: true, digits: 2 }, { exact: false, digits: 4 }]); // prettier-ignore
    const column = (index: number, merge: Merge) => ({ name: data.columns[index]?.name ?? '', merge, ...decimalsOf(data, index) }); // prettier-ignore
    const values = [column(1, 'sum'), column(2, 'average'), column(3, 'average')];
    expect(await rowsOf(tableSql({ ...base, sql, values, grain: 'month', unit: 'month' }))).toEqual([{ month: '2025-01-01', spent: 40, users: 22, share: 0.3667 }]); // prettier-ignore
    const week = (date: string) => ({ from: Date.parse(date), to: Date.parse(date) });
    const request = { ...base, sql, values, grain: null, unit: 'week' as const };
    const [row] = await rowsOf(comparisonSql(request, week('2025-01-13'), week('2025-01-06')));
    expect(row).toMatchObject({ 'week A': '2025-01-13', 'difference spent': 10.1, 'difference users': 1, 'difference share': 0.2 }); // prettier-ignore
    const parts = `SELECT * FROM (VALUES (DATE '2025-01-06', 1, 10), (DATE '2025-01-13', 1, 12), (DATE '2025-01-20', 1, 13)) t(week, part, users)`;
    const ofParts = { ...request, sql: parts, category: 'part', values: [column(2, 'average')] };
    const from = { from: Date.parse('2025-01-06'), to: Date.parse('2025-01-20') };
    expect(await rowsOf(comparisonSql(ofParts, from, week('2025-01-06')))).toEqual([{ part: 1, A: 11.67, B: 10, difference: 1.67, change: 0.1667 }]); // prettier-ignore
  });
});
