import { describe, expect, test } from 'vitest';
import type { ClusterContents, ClusterName } from '../../../../../contract/cluster';
import { clusterNodes, placeId, placesToRead, type Contents } from './cluster-nodes';
import { nameOf } from './schema-nodes';
import { schemaRows, type SchemaFolds } from './schema-rows';
import { clusterSources } from './source-sql';

const home = { resultsCatalog: 'iceberg', resultsSchema: 'Micro_Warehouse' };

const list = (kind: ClusterName['kind'], ...names: string[]): ClusterContents => ({
  names: names.map((name) => ({ name, kind, type: kind === 'column' ? 'bigint' : null })),
  truncated: false,
});

const known = new Map<string, Contents>([
  [placeId([]), list('catalog', 'hive', 'iceberg')],
  [placeId(['iceberg']), list('schema', 'information_schema', 'micro_warehouse')],
  [placeId(['iceberg', 'micro_warehouse']), list('table', 'silver_events', 'Sales "EU"')],
  [placeId(['iceberg', 'micro_warehouse', 'silver_events']), list('column', 'user_id', 'user_id')],
]);

const shown = (contents: ReadonlyMap<string, Contents>, folds: SchemaFolds = {}, search = '') =>
  schemaRows(clusterNodes(contents, home), folds, search).map(
    ({ item, level }) => `${'  '.repeat(level - 1)}${nameOf(item)}`,
  );

const places = (folds: SchemaFolds) =>
  placesToRead(
    (path) => {
      const contents = known.get(placeId(path));
      return contents && 'names' in contents ? contents : null;
    },
    folds,
    home,
  ).map((path) => path.join('.'));

describe('the tree of a cluster', () => {
  test('has catalogs, schemas, tables and columns; the results are unfolded at first', () => {
    expect(shown(known)).toEqual([
      'hive',
      'iceberg',
      '  information_schema',
      '  micro_warehouse',
      '    silver_events',
      '    Sales "EU"',
    ]);
    const table = placeId(['iceberg', 'micro_warehouse', 'silver_events']);
    const rows = schemaRows(clusterNodes(known, home), { [table]: true });
    expect(new Set(rows.map(({ id }) => id)).size, 'a name that is listed twice').toBe(rows.length);
    expect(shown(known, { [table]: true }, 'USER')).toEqual([
      'iceberg',
      '  micro_warehouse',
      '    silver_events',
      '      user_id',
      '      user_id',
    ]);
  });

  test('reads only what is unfolded', () => {
    expect(places({})).toEqual(['', 'iceberg', 'iceberg.micro_warehouse']);
    expect(places({ [placeId(['hive'])]: true })).toContain('hive');
    expect(places({ [placeId(['iceberg'])]: false })).toEqual(['']);
    // A fold of a table that is gone, or of a schema that has not been read, asks for nothing.
    expect(places({ [placeId(['hive', 'gone'])]: true })).toEqual(['', 'iceberg', 'iceberg.micro_warehouse']);
  });

  test('says what is being read, what is empty, cut, or refused', () => {
    const hive = placeId(['hive']);
    const first = (contents: Contents) => shown(new Map([...known, [hive, contents]]), { [hive]: true }).slice(0, 3);
    expect(first(null)).toEqual(['hive', '  Reading…', 'iceberg']);
    expect(first(list('schema'))).toEqual(['hive', '  Empty, or hidden from you.', 'iceberg']);
    expect(first({ problem: 'Access Denied' })).toEqual(['hive', '  Access Denied', 'iceberg']);
    expect(first({ ...list('schema', 'web'), truncated: true })).toEqual([
      'hive',
      '  web',
      '  There are more than are listed here.',
    ]);
  });

  test('shows names of a server as text', () => {
    const names = list('catalog', '<b>a</b>', 'a\u202eb\n\u0000', 'x'.repeat(10_000));
    const [html, control, long = ''] = shown(new Map<string, Contents>([[placeId([]), names]]));
    expect(html).toBe('<b>a</b>');
    expect(control).toBe('a\\u{202e}b\\n\\u{0}');
    expect(long.length).toBeLessThanOrEqual(300);
  });
});

test('names are written as Trino reads them, with their catalog and schema where they need them', () => {
  const sources = clusterSources(home);
  const remote = (of: ClusterName['kind'], ...path: string[]) =>
    sources.of({ kind: 'remote', of, path, name: path.at(-1) ?? '', type: null });
  expect(remote('table', 'iceberg', 'micro_warehouse', 'silver_events')).toBe('silver_events');
  expect(remote('table', 'iceberg', 'micro_warehouse', 'Sales "EU"')).toBe('"Sales ""EU"""');
  expect(remote('table', 'hive', 'micro_warehouse', 'order')).toBe('hive.micro_warehouse."order"');
  expect(remote('schema', 'hive', 'web-shop')).toBe('hive."web-shop"');
  expect(remote('column', 'hive', 'web', 't', 'table')).toBe('"table"');
  expect(sources.countBy('team_id', 'silver_events')).toBe(
    'SELECT team_id, count(*) AS rows\nFROM silver_events\nGROUP BY 1\nORDER BY 2 DESC;\n',
  );
});
