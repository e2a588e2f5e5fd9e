import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openDuckDb } from '../testing/kept-result';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { copyArea } from './area';
import { summariseArea } from './area-summary';
import { arrange } from './arrange';
import { readArrow } from './arrow-window';
import { chartOf } from './chart/chart';
import { stagedExport, writeExport } from './export-file';
import { profileColumn } from './profile';
import { windowSql, type ResultTable } from './result-table';
import { workspaceAt } from '../workspace';

/** Names that have a meaning in DuckDB or in our SQL, or are hard to write. */
const name = fc.constantFrom(
  'rowid', 'ROWID', 'RowId', ' ', '"', 'a"b', "it's", 'result', 'o', 't', 'row_id', 'position', 'column0', 'c0', 'C1',
  'x'.repeat(300), '😀', 'a', 'A', 'a_1', 'series', 'x', 'y', 'value', 'label', 'bucket', 'count', 'row', '$.a', 'v',
); // prettier-ignore
/** Values over `i`, some of them NULL or equal. */
const expression = fc.constantFrom(
  'CAST(nullif(i % 5, 3) AS INTEGER)',
  'CAST(i * 1.5 AS DOUBLE)',
  `CASE WHEN i % 4 = 0 THEN NULL ELSE 'text ' || (i % 3) END`,
  `CAST(9007199254740993 + i AS BIGINT)`,
);
const columns = fc.array(fc.record({ name, expression }), { minLength: 1, maxLength: 6 });
const count = 25;

test('a result is what the statement gave, whatever its columns are called', async () => {
  const { connection, keep, rows } = await openDuckDb();
  const folder = mkdtempSync(path.join(tmpdir(), 'column-names-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const windowOf = async (table: ResultTable) => {
    const { stream } = await readArrow(windowSql(table, 0, 100), connection);
    return tableFromIPC(stream)
      .toArray()
      .map((row) => Object.values<unknown>(row.toJSON()));
  };
  await fc.assert(
    fc.asyncProperty(columns, fc.nat(), async (chosen, pick) => {
      const list = chosen.map((column) => `${column.expression} AS ${quoteIdentifier(column.name)}`);
      const sql = `SELECT ${list.join(', ')} FROM range(${count}) numbers(i) ORDER BY hash(i)`;
      const table = await keep(sql);
      const plain = await rows(sql);
      const at = pick % chosen.length;
      const values = plain.map((row) => row[at]);

      expect(table.columns.map((column) => column.name)).toEqual(chosen.map((column) => column.name));
      expect(await windowOf(table)).toEqual(plain);

      const down = await arrange(
        table,
        { sort: [{ column: at, descending: true }], filters: [] },
        'sorted',
        connection,
      );
      expect(await windowOf(down)).toEqual(sortedDown(plain, at));
      await connection.run('DROP TABLE temp.sorted');

      const wanted = values.find((value) => value !== null);
      const filters = [{ column: at, operator: 'equals' as const, value: textOf(wanted) }];
      const part = await arrange(table, { sort: [], filters }, 'filtered', connection);
      expect(await windowOf(part)).toEqual(plain.filter((row) => row[at] === wanted));
      const profile = await profileColumn(part, at, connection);
      expect(profile).toMatchObject({ rows: part.rows, nulls: 0, distinct: 1, name: chosen[at]?.name });
      const bars = { kind: 'bar', x: at, y: null, aggregate: 'count', series: null } as const;
      const chart = await chartOf(table, bars, connection);
      expect(sumOf(chart.series.flatMap(({ points }) => points.map(([, y]) => y)))).toBe(
        chart.axis === 'category' ? count : values.filter((value) => value !== null).length,
      );
      // The displayed SQL runs over the statement, with the same result.
      for (const shown of [profile.sql, chart.sql, (await chartOf(part, bars, connection)).sql]) {
        await rows(
          shown.startsWith('WITH ')
            ? shown.replace('WITH ', `WITH result AS (${sql}), `)
            : `WITH result AS (${sql}) ${shown}`,
        );
      }
      const shownRows = await rows(`WITH result AS (${sql}) ${chart.sql}`);
      expect(shownRows.map((row) => row[2])).toEqual(chart.series[0]?.points.map(([, y]) => y));

      const area = { firstRow: 0, lastRow: count - 1, columns: [at] };
      const summary = await summariseArea(table, area, connection);
      expect(summary).toMatchObject({ cells: count, count: values.filter((value) => value !== null).length });

      const workspace = workspaceAt(folder);
      const ours = stagedExport(workspace, 'ours');
      const theirs = path.join(folder, 'theirs');
      const all = chosen.map((_, index) => index);
      await writeExport(table, { format: 'csv', columns: all }, 'ours', workspace, connection);
      await connection.run(`COPY (${sql}) TO ${quoteText(theirs)} (FORMAT csv, HEADER true)`);
      expect(readFileSync(ours, 'utf8')).toBe(readFileSync(theirs, 'utf8'));
      await writeExport(table, { format: 'parquet', columns: all }, 'ours', workspace, connection);
      expect(await rows(`FROM read_parquet(${quoteText(ours)})`)).toEqual(plain);
      await writeExport(table, { format: 'json', columns: all }, 'ours', workspace, connection);
      const written: unknown = JSON.parse(readFileSync(ours, 'utf8').replaceAll(/9007199254\d+/g, '"$&"'));
      const copied: unknown = JSON.parse(
        (await copyArea(table, { ...area, columns: all, format: 'json', header: true }, connection)).replaceAll(
          /9007199254\d+/g,
          '"$&"',
        ),
      );
      expect(written).toEqual(copied);
      expect(valuesOf(written)).toEqual(
        plain.map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value))),
      );
      await connection.run(`DROP TABLE temp.${quoteIdentifier(table.name)}; DROP TABLE temp.filtered`);
    }),
    { numRuns: 40 },
  );
});

/** Values of objects, in the order of their members; a key that looks like a number does not occur. */
const valuesOf = (document: unknown): unknown[][] =>
  Array.isArray(document) ? document.map((row: Record<string, unknown>) => Object.values<unknown>(row)) : [];

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' ? value.toString() : '';

const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Descending with NULL last; equal rows keep their order. */
function sortedDown(rows: readonly (readonly unknown[])[], at: number): (readonly unknown[])[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [a[at], b[at]];
    if (left === right) return 0;
    if (left === null || left === undefined) return 1;
    if (right === null || right === undefined) return -1;
    return left < right ? 1 : -1;
  });
}

test('names that SQL can not write still tell columns apart', async () => {
  const { connection, keep } = await openDuckDb();
  const pivoted = await keep(`PIVOT (SELECT 'a' || chr(0) || 'b' AS k, 1 AS v) ON k USING sum(v)`);
  expect(pivoted.columns.map((column) => column.name)).toEqual(['a\0b']);
  const text = await copyArea(
    pivoted,
    { firstRow: 0, lastRow: 0, columns: [0], format: 'json', header: true },
    connection,
  );
  expect(JSON.parse(text)).toEqual([{ 'a␀b': 1 }]);
  const values = await keep(`SELECT * FROM (VALUES ('a' || chr(0) || 'b'), ('a')) t(v)`);
  const filters = [{ column: 0, operator: 'equals' as const, value: 'a\0b' }];
  expect((await arrange(values, { sort: [], filters }, 'nul', connection)).rows).toBe(1);
  const chart = await chartOf(values, { kind: 'bar', x: 0, y: null, aggregate: 'count', series: 0 }, connection);
  expect(chart.series.map(({ points }) => points)).toEqual([[[1, 1]], [[0, 1]]]);
});

test('parameters and duplicates keep their names and places', async () => {
  const { connection } = await openDuckDb();
  const { readInto } = await import('./read');
  const { readParameters } = await import('../sql/parameters');
  const values = await readParameters(
    { größe: { type: 'BIGINT', value: '3' }, 1: { type: 'BIGINT', value: '7' } },
    connection,
  );
  const named = await readInto(
    'named',
    'SELECT $größe AS rowid, i AS rowid FROM range(3) t(i) ORDER BY i DESC',
    values,
    connection,
  );
  const { stream } = await readArrow(windowSql(named.table, 0, 10), connection);
  expect(tableFromIPC(stream).toArray().map((row) => Object.values<unknown>(row.toJSON()))).toEqual([[3n, 2n], [3n, 1n], [3n, 0n]]); // prettier-ignore
  const numbered = await readInto(
    'numbered',
    'SELECT ? AS n, ? AS again',
    await readParameters({ 1: { type: 'BIGINT', value: '7' }, 2: { type: 'VARCHAR', value: 'x\0y' } }, connection),
    connection,
  );
  expect(numbered.table.columns.map((column) => column.name)).toEqual(['n', 'again']);
});
