import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chart, ChartData } from '../../../contract/result-work';
import { openDuckDb } from '../../testing/kept-result';
import { chartOf } from './chart';

const zone = 'Europe/Berlin';

/** Expressions over `h`, a hash of the row; a fifth of them NULL. */
const times = {
  'DATE, year 1 to 9999': `CAST(DATE '0001-01-01' + CAST(h % 3652058 AS INTEGER) AS DATE)`,
  'DATE, before 1970': `CAST(DATE '1950-01-01' + CAST(h % 4000 AS INTEGER) AS DATE)`,
  'DATE, beyond timestamps': `CAST(DATE '250000-01-01' + CAST(h % 1000000000 AS INTEGER) AS DATE)`,
  'TIMESTAMP, two days': `TIMESTAMP '2025-10-25 12:00:00' + to_seconds(CAST(h % 172800 AS BIGINT))`,
  'TIMESTAMP, some infinite': `CASE WHEN h % 7 = 0 THEN TIMESTAMP 'infinity' ELSE TIMESTAMP '2020-01-01' + to_hours(CAST(h % 40000 AS BIGINT)) END`,
  'TIMESTAMPTZ, a change of clocks': `TIMESTAMPTZ '2025-10-25 22:00:00+00' + to_seconds(CAST(h % 18000 AS BIGINT))`,
  'TIMESTAMPTZ, days': `TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_hours(CAST(h % 40000 AS BIGINT))`,
} as const;
const series = `CASE WHEN h % 3 = 0 THEN NULL WHEN h % 3 = 1 THEN 'NULL' ELSE 'b' END`;
const number = `CASE h % 11 WHEN 0 THEN NULL WHEN 1 THEN -5.5 ELSE CAST(CAST(h % 1000 AS BIGINT) - 500 AS DOUBLE) / 4 END`;

/** The SQL over `x` by which DuckDB groups, according to the steps that the chart states. */
function groupOf(data: ChartData): string {
  const [, unit] = /By (second|minute|hour|day|week|month|year)\b/.exec(data.note ?? '') ?? [];
  const [, years] = /By ([\d,]+) years/.exec(data.note ?? '') ?? [];
  if (years !== undefined) return `floor(year(x) / ${years.replaceAll(',', '')})`;
  if (unit === undefined) return 'x';
  // For times with a zone, date_trunc merges the two hours between which the clocks change.
  if (data.axis === 'instant')
    return `epoch_us(x) - epoch_us(x) % epoch_us(TIMESTAMP '1970-01-01' + INTERVAL 1 ${unit})`;
  return `date_trunc('${unit}', CAST(x AS TIMESTAMP))`;
}

const leftOut = (note: string | null): number =>
  [...(note ?? '').matchAll(/([\d,]+) rows? left out/g)].reduce(
    (sum, [, rows = '0']) => sum + Number(rows.replaceAll(',', '')),
    0,
  );

describe('a chart of generated rows', () => {
  test('equals GROUP BY in DuckDB, and says what it leaves out', async () => {
    const { connection, keep, rows } = await openDuckDb(zone);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(times)),
        fc.constantFrom('sum', 'average', 'min', 'max', 'count'),
        fc.boolean(),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(30, 2_000),
        async (kindOfTime, aggregate, split, seed, count) => {
          const time = Object.entries(times).find(([key]) => key === kindOfTime)?.[1] ?? '';
          const sql = `SELECT CASE WHEN h % 5 = 0 THEN NULL ELSE ${time} END AS x, ${number} AS y, ${series} AS s
            FROM (SELECT hash(i + ${seed}) AS h FROM range(${count}) t(i))`;
          const table = await keep(sql);
          const chart: Chart = { kind: 'line', x: 0, y: 1, aggregate, series: split ? 2 : null };
          const data = await chartOf(table, chart, connection);
          const of = { sum: 'sum(y)', average: 'avg(y)', min: 'min(y)', max: 'max(y)', count: 'count(*)' }[aggregate];
          const expected = await rows(
            `SELECT ${split ? `CASE WHEN s IS NULL THEN 'NULL' WHEN s = 'NULL' THEN '“NULL”' ELSE s END` : `'all'`} AS s, CAST(${of} AS DOUBLE)
             FROM (${sql}) WHERE x IS NOT NULL AND isfinite(x) GROUP BY 1, ${groupOf(data)} ORDER BY 1, 2`,
          );
          const drawn = data.series.flatMap(({ name, points }) =>
            points.map(([, y]) => ({ name: split ? name : 'all', y })),
          );
          expect(drawn.length).toBe(expected.length);
          const inOrder = (pairs: readonly { name: unknown; y: unknown }[]) =>
            pairs
              .map(({ name, y }) => `${String(name)} ${typeof y === 'number' ? y.toPrecision(9) : 'NULL'}`)
              .toSorted();
          expect(inOrder(drawn)).toEqual(inOrder(expected.map(([name, y]) => ({ name, y }))));
          const [left] = await rows(`SELECT count(*) FROM (${sql}) WHERE x IS NULL OR NOT isfinite(x)`);
          expect(leftOut(data.note)).toBe(Number(left?.[0]));
          for (const { points } of data.series) for (const [x] of points) expect(Number.isFinite(x)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('by category has a place for NULL, and for a text that reads the same', async () => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(`SELECT * FROM (VALUES ('NULL', 1), (NULL, -2), ('a', 3), (NULL, 4)) t(name, n)`);
    const data = await chartOf(table, { kind: 'bar', x: 0, y: 1, aggregate: 'sum', series: null }, connection);
    expect(data).toMatchObject({ labels: ['“NULL”', 'NULL', 'a'], note: null });
    expect(data.series[0]?.points).toEqual([[0, 1], [1, 2], [2, 3]]); // prettier-ignore
  });

  test('split by a column without values draws one series', async () => {
    const { connection, keep } = await openDuckDb();
    const table = await keep('SELECT i AS x, i AS y, CAST(NULL AS VARCHAR) AS s FROM range(3) t(i)');
    const data = await chartOf(table, { kind: 'line', x: 0, y: 1, aggregate: 'sum', series: 2 }, connection);
    expect(data.series).toEqual([{ name: 'NULL', points: [[0, 0], [1, 1], [2, 2]] }]); // prettier-ignore
  });

  test('keeps the two hours apart between which the clocks change', async () => {
    const { connection, keep } = await openDuckDb(zone);
    const table = await keep(
      `SELECT TIMESTAMPTZ '2025-10-26 00:30:00+00' + to_hours(i) AS at, 1 AS one FROM range(3) t(i)`,
    );
    const data = await chartOf(table, { kind: 'line', x: 0, y: 1, aggregate: 'sum', series: null }, connection);
    expect(data.axis).toBe('instant');
    expect(data.series[0]?.points).toEqual([0, 1, 2].map((hour) => [Date.UTC(2025, 9, 26, hour, 30), 1]));
  });

  test('of points says which rows have no place', async () => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(
      `SELECT * FROM (VALUES (1, 1.0), (NULL, 2), (3, NULL), (4, 'nan'::DOUBLE), (5, 5)) t(x, y)`,
    );
    const data = await chartOf(table, { kind: 'scatter', x: 0, y: 1, aggregate: 'sum', series: null }, connection);
    expect(data.series[0]?.points).toEqual([[1, 1], [5, 5]]); // prettier-ignore
    expect(data.note).toBe(
      '1 row left out: x is NULL · 1 row left out: y is NULL · 1 row left out: y is NaN or infinite',
    );
  });

  test.each([
    ['the ends of DOUBLE', `CASE i % 2 WHEN 0 THEN 1.7e308 ELSE -1.7e308 END + i * 1e303`],
    [
      'the ends of HUGEINT',
      `CASE i % 2 WHEN 0 THEN 170141183460469231731687303715884105727 ELSE -170141183460469231731687303715884105727 END - sign(0.5 - i % 2)::HUGEINT * i`,
    ],
    ['a BIGNUM beyond DOUBLE', `CAST(repeat('9', 300 + i::INTEGER % 50) AS BIGNUM)`],
  ])('reaches from one end to the other of %s', async (_, expression) => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(`SELECT ${expression} AS x, ${expression} AS y FROM range(2000) t(i)`);
    for (const aggregate of ['sum', 'average', 'min', 'max', 'count'] as const) {
      const data = await chartOf(table, { kind: 'line', x: 0, y: 1, aggregate, series: null }, connection);
      for (const [x] of data.series[0]?.points ?? []) expect(Number.isFinite(x)).toBe(true);
      const counted = (data.series[0]?.points ?? []).reduce((sum, [, y]) => sum + (y ?? 0), 0);
      if (aggregate === 'count') expect(counted + leftOut(data.note)).toBe(2_000);
    }
  });
});
