import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openConsole as open } from '../testing/open-console';
import { stagedExport } from '../results/export-file';

const letters = `SELECT * FROM (VALUES (3, 'c'), (1, 'a'), (NULL, ''), (2, NULL), (1, 'A')) t(n, letter)`;

describe('sort and filter', () => {
  test('sort over the whole result, NULL last, equal rows in the order of the statement', async () => {
    const { results, run, rows } = await open();
    const id = await run(letters);
    const up = await results.arrange(id, { sort: [{ column: 0, descending: false }], filters: [] });
    expect(await rows(up.resultId)).toEqual([
      [1, 'a'],
      [1, 'A'],
      [2, null],
      [3, 'c'],
      [null, ''],
    ]);
    const down = await results.arrange(id, {
      sort: [
        { column: 0, descending: true },
        { column: 1, descending: false },
      ],
      filters: [],
    });
    expect(await rows(down.resultId, 1, 2)).toEqual([
      [2, null],
      [1, 'A'],
    ]);
  });

  test.each([
    ['equals', 0, '1', 2],
    ['is not', 1, 'a', 4],
    ['contains', 1, 'A', 2],
    ['at least', 0, '2', 2],
    ['less', 0, '2', 2],
    ['is null', 1, '', 1],
    ['is not null', 1, '', 4],
  ] as const)('%s on column %i with %j leaves %i+ rows', async (operator, column, value, count) => {
    const { results, run } = await open();
    const arranged = await results.arrange(await run(letters), { sort: [], filters: [{ column, operator, value }] });
    expect(arranged.rows).toBe(count);
  });

  test('a filter finds a cell by the text that it shows, whatever the type', async () => {
    const { results, run, rows } = await open();
    const sql = `SELECT TIMESTAMP '2025-01-02 03:04:05.000006' AS at, 0.1::DOUBLE AS ratio, [1, 2] AS list, {'a': 1} AS struct,
      DATE '2025-01-31' AS day, 12.50::DECIMAL(9,2) AS price, '\\xAA'::BLOB AS bytes, 'b'::ENUM('a', 'b') AS letter`;
    const id = await run(sql);
    for (let column = 0; column < 8; column += 1) {
      const value = (await results.cell(id, 0, column)).text ?? '';
      const found = await results.arrange(id, { sort: [], filters: [{ column, operator: 'equals', value }] });
      expect(await rows(found.resultId), value).toHaveLength(1);
    }
  });

  test('a filter looks into JSON text and nested values', async () => {
    const { results, run } = await open();
    const id = await run(`SELECT * FROM (VALUES
      ('{"page": {"url": "/"}, "n": 1}', {'a': [1, 2]}), ('no json', {'a': [3]}), ('{"n": null}', NULL), (NULL, {'a': []})
    ) t(text, nested)`);
    const counted = async (column: number, path: string, operator: 'equals' | 'is null', value = '') =>
      (await results.arrange(id, { sort: [], filters: [{ column, path, operator, value }] })).rows;
    expect(await counted(0, '$.page.url', 'equals', '/')).toBe(1);
    expect(await counted(0, '$.n', 'equals', '1')).toBe(1);
    expect(await counted(0, '$.n', 'is null')).toBe(3);
    expect(await counted(1, '$.a[0]', 'equals', '3')).toBe(1);
    expect(await counted(1, '$.a[0]', 'is null')).toBe(2);
  });

  test('a value of the wrong type is refused in words', async () => {
    const { results, run } = await open();
    const filters = [{ column: 0, operator: 'equals' as const, value: 'many' }];
    await expect(results.arrange(await run(letters), { sort: [], filters })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: "“many” isn't a valid INTEGER.",
    });
  });

  test('columns that share a name are told apart', async () => {
    const { results, run, rows } = await open();
    const id = await run('SELECT i AS a, 10 - i AS a FROM range(10) t(i)');
    const sorted = await results.arrange(id, { sort: [{ column: 1, descending: false }], filters: [] });
    expect(await rows(sorted.resultId, 0, 1)).toEqual([[9n, 1n]]);
  });
});

test('a cell is whole, and JSON where it has an inside', async () => {
  const { results, run } = await open();
  const id = await run(`SELECT repeat('x', 5000) AS long, '{"a": [1]}' AS json, {'b': [1, NULL]} AS struct,
    MAP {'k': 1} AS map, 'plain' AS plain, NULL AS nothing`);
  const cells = await Promise.all([0, 1, 2, 3, 4, 5].map((column) => results.cell(id, 0, column)));
  expect(cells.map(({ json }) => json)).toEqual([null, '{"a": [1]}', '{"b":[1,null]}', '{"k":1}', null, null]);
  expect(cells[0]).toMatchObject({ length: 5000, text: 'x'.repeat(5000) });
  expect(cells[5]?.text).toBeNull();
});

describe('a selection', () => {
  test('is summed exactly, in its rows and columns only', async () => {
    const { results, run } = await open();
    const id = await run(
      'SELECT 9007199254740993 + i AS big, i % 2 = 0 AS even, i::DECIMAL(9,2) / 10 AS part FROM range(4) t(i)',
    );
    expect(await results.summarise(id, { firstRow: 1, lastRow: 2, columns: [0] })).toEqual({
      cells: 2, count: 2, sum: '18014398509481989', average: '9007199254740994.0', min: '9007199254740994', max: '9007199254740995',
    }); // prettier-ignore
    expect(await results.summarise(id, { firstRow: 0, lastRow: 99, columns: [0, 1] })).toMatchObject({
      cells: 8,
      count: 8,
    });
  });

  test.each([
    ['a BIGINT beside a DECIMAL', '9007199254740993::BIGINT AS a, 0.25::DECIMAL(10,2) AS b', '9007199254740993.25'],
    ['a UBIGINT beside a wide DECIMAL', '18446744073709551615::UBIGINT AS a, 0.1234567890::DECIMAL(28,10) AS b', '18446744073709551615.1234567890'],
    ['a HUGEINT beside a DECIMAL', '170141183460469231731687303715884105727::HUGEINT AS a, -0.01::DECIMAL(9,2) AS b', '170141183460469231731687303715884105726.99'],
    ['two DECIMALs of different scale', '12345678901234567890.12::DECIMAL(30,2) AS a, 0.0001::DECIMAL(30,4) AS b', '12345678901234567890.1201'],
    ['doubles, as their shortest text', '0.1::DOUBLE AS a, 0.2::DOUBLE AS b', '0.30000000000000004'],
    ['an infinity', "'inf'::DOUBLE AS a, 1::DOUBLE AS b", 'inf'],
  ] as const)('is summed exactly over columns of several types: %s', async (_, select, sum) => {
    const { results, run } = await open();
    const id = await run(`SELECT ${select}`);
    expect(await results.summarise(id, { firstRow: 0, lastRow: 0, columns: [0, 1] })).toMatchObject({ sum });
  }); // prettier-ignore

  test('sums a million doubles without the error of adding them one by one', async () => {
    const { results, run } = await open();
    const id = await run('SELECT 0.1::DOUBLE AS share FROM range(1000000)');
    const summary = await results.summarise(id, { firstRow: 0, lastRow: 999_999, columns: [0] });
    expect(summary).toMatchObject({ sum: '100000.0', average: '0.1' });
  });

  test('of text has a least and a greatest, and counts what is not NULL', async () => {
    const { results, run } = await open();
    const summary = await results.summarise(await run(letters), { firstRow: 0, lastRow: 4, columns: [1] });
    expect(summary).toEqual({ cells: 5, count: 4, sum: null, average: null, min: '', max: 'c' });
  });

  test.each([
    ['tsv', 'n\tsay\n1\ta "b"\n\t'.replace('a "b"', '"a ""b"""')],
    ['csv', 'n,say\n1,"a ""b"""\n,""'],
    ['json', '[\n  {"n":1,"say":"a \\"b\\""},\n  {"n":null,"say":""}\n]'],
    ['markdown', '| n | say |\n| --: | --- |\n| 1 | a "b" |\n| NULL |  |'],
  ] as const)('is copied as %s', async (format, expected) => {
    const { results, run } = await open();
    const id = await run(`SELECT * FROM (VALUES (1, 'a "b"'), (NULL, '')) t(n, say)`);
    const area = { firstRow: 0, lastRow: 1, columns: [0, 1], format, header: true };
    expect(await results.copy(id, area)).toBe(expected);
  });

  test('of more than a clipboard holds is refused', async () => {
    const { results, run } = await open();
    const area = { firstRow: 0, lastRow: 2_000_000, columns: [0], format: 'tsv' as const, header: true };
    await expect(results.copy(await run('FROM range(2000000)'), area)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });
});

describe('a profile', () => {
  test('of numbers has quantiles and a histogram over all rows', async () => {
    const { results, run } = await open();
    const profile = await results.profile(
      await run('SELECT CASE WHEN i < 1000 THEN i END AS n FROM range(1010) t(i)'),
      0,
    );
    expect(profile).toMatchObject({
      type: 'BIGINT',
      rows: 1010,
      nulls: 10,
      distinct: 1000,
      min: '0',
      max: '999',
      average: '499.5',
    });
    expect(profile.quantiles.find(({ fraction }) => fraction === 0.5)?.value).toBe('499');
    expect(profile.histogram).toHaveLength(24);
    expect(profile.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });

  test.each([
    [`DATE '2025-01-01' + i::INTEGER`, 10],
    [`TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_hours(i)`, 10],
    ['i::DECIMAL(18,3)', 10],
    [`CASE WHEN i = 0 THEN 'nan'::DOUBLE ELSE i END`, 9],
    ['7', 10],
  ])('of %s counts %i values in its histogram', async (expression, counted) => {
    const { results, run } = await open();
    const profile = await results.profile(await run(`SELECT ${expression} AS value FROM range(10) t(i)`), 0);
    expect(profile.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(counted);
  });

  test.each(['i % 3 = 0', `['a', 'b', 'c'][i % 3 + 1]`, '[i % 3]', `{'a': i % 3}`, 'NULL'])(
    'of %s has the most frequent values',
    async (expression) => {
      const { results, run } = await open();
      const profile = await results.profile(await run(`SELECT ${expression} AS value FROM range(10) t(i)`), 0);
      expect(profile.histogram).toEqual([]);
      expect(profile.top.reduce((sum, { count }) => sum + count, 0)).toBe(profile.rows - profile.nulls);
    },
  );

  test('has SQL that gives the same where `result` is the statement', async () => {
    const { console, results, run, rows } = await open();
    const sql = 'SELECT i % 5 AS a, i AS a FROM range(100) t(i)';
    const { histogram, sql: shown } = await results.profile(await run(sql), 1);
    const again = await console.run('tab', shown.replace('WITH ', `WITH result AS (${sql}), `));
    expect((await rows(again.result?.resultId ?? '')).map(([, count]) => Number(count))).toEqual(
      histogram.map(({ count }) => count),
    );
  });
});

describe('an export', () => {
  test.each([
    ['csv', `read_csv('$file', header = true)`],
    ['parquet', `read_parquet('$file')`],
    ['json', `read_json('$file', format = 'array')`],
  ] as const)('as %s holds every row in order', async (format, reader) => {
    const { results, run, rows, workspace } = await open();
    const id = await run('SELECT i, hash(i) % 1000 AS h FROM range(100000) t(i)');
    const sorted = await results.arrange(id, { sort: [{ column: 1, descending: true }], filters: [] });
    const exportId = randomUUID();
    const file = stagedExport(workspace, exportId);
    const { bytes, rows: written } = await results.export(sorted.resultId, format, exportId);
    expect([bytes > 0, written]).toEqual([true, 100_000]);
    const read = await run(`SELECT count(*), sum(i), bool_and(h <= previous OR previous IS NULL)
      FROM (SELECT i, h, lag(h) OVER () AS previous FROM ${reader.replace('$file', file)})`);
    expect((await rows(read)).map(([count, sum, ordered]) => [Number(count), Number(sum), ordered])).toEqual([
      [100_000, 4_999_950_000, true],
    ]);
  });

  test.each([[[]], [[{ column: 1, descending: true }]]])(
    'of filtered rows holds those rows, in their order (sorted by %j)',
    async (sort) => {
      const { results, run, rows, workspace } = await open();
      const id = await run(`SELECT if(i % 3 = 0, NULL, i) AS i, i // 2 AS half FROM range(300000) t(i)`);
      const filters = [{ column: 0, operator: 'is not null', value: '' } as const];
      const arranged = await results.arrange(id, { sort, filters });
      const exportId = randomUUID();
      await results.export(arranged.resultId, 'csv', exportId);
      const file = stagedExport(workspace, exportId);
      const read =
        await run(`SELECT count(*), sum(i), bool_and(${sort.length > 0 ? 'half <= before' : 'i > before'} OR before IS NULL)
        FROM (SELECT i, half, lag(${sort.length > 0 ? 'half' : 'i'}) OVER () AS before FROM read_csv('${file}', header = true))`);
      expect((await rows(read)).map(([count, sum, ordered]) => [Number(count), Number(sum), ordered])).toEqual([
        [200_000, 30_000_000_000, true],
      ]);
    },
  );

  test('that is cancelled leaves nothing', async () => {
    const { results, run, workspace } = await open();
    const id = await run(`SELECT i, repeat('x', 100) AS text FROM range(3000000) t(i)`);
    const controller = new AbortController();
    const exporting = results.export(id, 'json', randomUUID(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(exporting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(workspace.exportsFolder).filter((name) => name.startsWith('.export'))).toEqual([]);
  });

  test('as CSV for spreadsheets has an apostrophe before what they would take for a formula, and before nothing else', async () => {
    const { results, run, workspace } = await open();
    const sql = `SELECT -5 AS n, -0.5::DECIMAL(3,1) AS d, t AS "=title", DATE '2025-01-02' AS s, INTERVAL '-1 day' AS i,
        TIMESTAMP '2025-01-01' AS at, NULL::VARCHAR AS nothing
      FROM (VALUES ('=1+1'), ('+1'), ('-1'), ('@x'), (chr(9) || 'x'), (chr(13) || 'x'), ('a=b'), ('')) v(t)`;
    const id = await run(sql);
    const text = async (format: 'csv' | 'csv-as-text') => {
      const exportId = randomUUID();
      await results.export(id, format, exportId);
      return readFileSync(stagedExport(workspace, exportId), 'utf8').split('\n');
    };
    const harmless = await text('csv-as-text');
    expect(harmless[0]).toBe("n,d,'=title,s,i,at,nothing");
    expect(harmless.slice(1, 5)).toEqual(
      ['=1+1', '+1', '-1', '@x'].map((value) => `-5,-0.5,'${value},2025-01-02,'-1 day,2025-01-01 00:00:00,`),
    );
    expect(harmless[5]).toContain("'\tx");
    expect(harmless.join('\n')).toContain('"\'\rx"');
    expect(harmless).toContainEqual(expect.stringMatching(/^-5,-0\.5,a=b,/));
    expect((await text('csv'))[1]).toBe('-5,-0.5,=1+1,2025-01-02,-1 day,2025-01-01 00:00:00,');
  });
});
