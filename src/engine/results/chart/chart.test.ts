import { describe, expect, test } from 'vitest';
import type { Chart } from '../../../contract/result-work';
import { openConsole as open } from '../../testing/open-console';

describe('a chart', () => {
  const chart = (change: Partial<Chart>): Chart => ({
    kind: 'line',
    x: 0,
    y: 1,
    aggregate: 'sum',
    series: null,
    ...change,
  });

  test('aggregates in steps of time that fit its width', async () => {
    const { results, run } = await open();
    const id = await run(`SELECT TIMESTAMP '2023-01-01' + to_seconds(i * 100) AS at, 1 AS one FROM range(500000) t(i)`);
    const data = await results.chart(id, chart({}));
    expect(data).toMatchObject({ axis: 'time', note: 'By day' });
    const [series] = data.series;
    expect(series?.points.length).toBe(579);
    expect(series?.points[0]).toEqual([Date.UTC(2023, 0, 1), 864]);
    expect(series?.points.reduce((sum, [, y]) => sum + (y ?? 0), 0)).toBe(500_000);
  });

  test('has a series for each value of a column, and categories in the order of the result', async () => {
    const { results, run } = await open();
    const id = await run(
      `SELECT * FROM (VALUES ('z', 1, 'p'), ('a', 2, 'p'), ('a', 3, 'q'), ('z', NULL, 'q')) t(x, y, s)`,
    );
    const data = await results.chart(id, chart({ kind: 'bar', series: 2 }));
    expect(data.labels).toEqual(['z', 'a']);
    expect(data.series).toEqual([
      {
        name: 'p',
        points: [
          [0, 1],
          [1, 2],
        ],
      },
      {
        name: 'q',
        points: [
          [0, null],
          [1, 3],
        ],
      },
    ]);
  });

  test('of many series shows those with the largest sums, or the most rows', async () => {
    const { results, run } = await open();
    const id = await run(
      `SELECT 1 AS x, i AS y, 'series ' || i AS s FROM range(10, 20) t(i) UNION ALL SELECT 1, 0, 'series 10'`,
    );
    const names = async (change: Partial<Chart>) => {
      const { series, note } = await results.chart(id, chart({ series: 2, ...change }));
      return { note, first: series[0]?.name, last: series.at(-1)?.name };
    };
    expect(await names({})).toEqual({
      note: 'The 5 largest of 10 series; Other has the rest',
      first: 'series 19',
      last: 'Other',
    });
    expect(await names({ aggregate: 'count' })).toEqual({
      note: 'The 5 most frequent of 10 series; Other has the rest',
      first: 'series 10',
      last: 'Other',
    });
  });

  test('puts the rest of many series together, under a name that none of them has', async () => {
    const { results, run } = await open();
    const id = await run(
      `SELECT i % 2 AS x, i AS y, CASE WHEN i = 19 THEN 'Other' WHEN i > 10 THEN 's' || i END AS s FROM range(21) t(i)`,
    );
    for (const aggregate of ['sum', 'count', 'average', 'min', 'max'] as const) {
      const { series } = await results.chart(id, chart({ series: 2, aggregate }));
      const others = series.at(-1);
      expect(series).toHaveLength(6);
      const named = new Set(series.slice(0, -1).map(({ name }) => name));
      expect(others?.name).toBe(named.has('Other') ? 'All other' : 'Other');
      // Recomputed from the rows that none of the named series has.
      const left = Array.from({ length: 21 }, (_, i) => i).filter((i) => !named.has(i === 19 ? 'Other' : i > 10 ? `s${i}` : 'NULL')); // prettier-ignore
      const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
      const of = { sum, count: (v: readonly number[]) => v.length, average: (v: readonly number[]) => sum(v) / v.length, min: (v: readonly number[]) => Math.min(...v), max: (v: readonly number[]) => Math.max(...v) }[aggregate]; // prettier-ignore
      for (const [x, y] of others?.points ?? []) expect(y).toBe(of(left.filter((i) => i % 2 === x)));
    }
  });

  test('of many rows as points shows one in n', async () => {
    const { results, run } = await open();
    const data = await results.chart(
      await run('SELECT i AS x, i * 2 AS y FROM range(100000) t(i)'),
      chart({ kind: 'scatter' }),
    );
    expect(data.series[0]?.points).toHaveLength(4000);
    expect(data.note).toBe('One in 25 rows');
  });

  test('follows the filter of an arranged result', async () => {
    const { results, run } = await open();
    const id = await run('SELECT i % 3 AS x, i AS y FROM range(9) t(i)');
    const part = await results.arrange(id, {
      sort: [{ column: 1, descending: true }],
      filters: [{ column: 1, operator: 'less', value: '3' }],
    });
    const data = await results.chart(part.resultId, chart({ kind: 'bar' }));
    expect(data.series[0]?.points).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(data.sql).toContain('FROM (SELECT * FROM result t WHERE t."y" < CAST(\'3\' AS BIGINT)) t');
  });

  test('leaves a gap where a value is no number or infinite', async () => {
    const { results, run } = await open();
    const id = await run(`SELECT * FROM (VALUES (1, 1.0::DOUBLE), (2, 'nan'::DOUBLE), (3, '-inf'::DOUBLE)) t(x, y)`);
    const { series } = await results.chart(id, chart({}));
    expect(series[0]?.points).toEqual([[1, 1], [2, null], [3, null]]); // prettier-ignore
  });

  test('without numbers counts rows, or says what is missing', async () => {
    const { results, run } = await open();
    const id = await run(`SELECT * FROM (VALUES (3, 'c'), (1, 'a'), (NULL, ''), (2, NULL), (1, 'A')) t(n, letter)`);
    const counted = await results.chart(id, chart({ kind: 'bar', x: 1, y: null, aggregate: 'count' }));
    expect(counted.labels).toEqual(['c', 'a', '', 'NULL', 'A']);
    expect(counted.series[0]?.points).toEqual([[0, 1], [1, 1], [2, 1], [3, 1], [4, 1]]); // prettier-ignore
    await expect(results.chart(id, chart({ x: 0, y: 1 }))).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});
