import { describe, expect, it } from 'vitest';
import type { SqlTable } from '../../../../../contract/language';
import { schemaNodes, type SchemaParts } from './schema-nodes';
import { moveInTree, schemaRows, type SchemaRow } from './schema-rows';
import { itemSql } from './source-sql';

const table = (name: string, columns: readonly string[], more: Partial<SqlTable> = {}): SqlTable => ({
  schema: 'main',
  name,
  columns: columns.map((column) => ({ name: column, type: 'VARCHAR' })),
  records: false,
  sessionId: null,
  ...more,
});

const file = (path: string) => ({ path, sql: `'${path}'` });

const parts: SchemaParts = {
  tables: [
    table('gold_teams', ['week', 'teams']),
    table('mine', ['order', 'Full Name'], { schema: 'my schema' }),
    table('refresh_log', ['refresh_id'], { records: true }),
    table('silver_events', ['event_name', 'team_id']),
  ],
  temporary: [],
  models: [
    { name: 'silver_events', layer: 'silver', summary: '', built: null },
    { name: 'gold_teams', layer: 'gold', summary: '', built: null },
  ],
  files: {
    files: [file('data/events/date=2025-01-01/events-a.parquet'), file('data/runs.jsonl'), file('sales.csv')],
    truncated: false,
  },
  fileColumns: new Map([['sales.csv', { columns: [{ name: 'amount', type: 'DOUBLE' }] }]]),
};

const text = ({ item, level }: SchemaRow): string => {
  const name =
    item.kind === 'group'
      ? item.title
      : item.kind === 'table'
        ? item.table.name
        : item.kind === 'column'
          ? item.column.name
          : item.kind === 'note'
            ? item.text
            : item.name;
  return `${'  '.repeat(level - 1)}${name}`;
};

const lines = (folds = {}, search = '') => schemaRows(schemaNodes(parts), folds, search).map(text);

describe('the schema tree', () => {
  it('has layers, tables of the user, files and records, folded as is handy at first', () => {
    expect(lines()).toEqual([
      'Silver',
      '  silver_events',
      'Gold',
      '  gold_teams',
      'Your tables',
      '  mine',
      'Files',
      '  sales.csv',
      '  data',
      '    events',
      '    runs.jsonl',
      'Records of refreshes',
    ]);
  });

  it('shows columns of what is unfolded, and reads those of a file first', () => {
    const folds = { 'table ["main","gold_teams"]': true, 'file sales.csv': true, 'file data/runs.jsonl': true };
    expect(lines(folds)).toEqual(expect.arrayContaining(['    week', '    teams', '    amount', '      Reading…']));
  });

  it('is searched by names of tables, columns and files', () => {
    expect(lines({}, 'TEAM')).toEqual([
      'Silver',
      '  silver_events',
      '    team_id',
      'Gold',
      '  gold_teams',
      '    teams',
    ]);
    expect(lines({}, 'sales')).toEqual(['Files', '  sales.csv']);
    expect(lines({}, 'nothing')).toEqual([]);
  });

  it('tells levels, positions and parents', () => {
    const rows = schemaRows(schemaNodes(parts), {});
    expect(rows.find(({ id }) => id === 'file data/runs.jsonl')).toMatchObject({
      level: 3,
      position: 2,
      siblings: 2,
      parent: 'folder data',
      open: false,
    });
  });

  it('is walked by keys', () => {
    const rows = schemaRows(schemaNodes(parts), {});
    expect(moveInTree(rows, 0, 'ArrowDown', 5)).toBe(1);
    expect(moveInTree(rows, 0, 'ArrowRight', 5)).toBe(1);
    expect(moveInTree(rows, 1, 'ArrowRight', 5)).toBeNull();
    expect(moveInTree(rows, 1, 'ArrowLeft', 5)).toBe(0);
    expect(moveInTree(rows, 3, 'End', 5)).toBe(rows.length - 1);
    expect(moveInTree(rows, 9, 'PageUp', 5)).toBe(4);
    expect(moveInTree(rows, 9, 'x', 5)).toBeNull();
  });

  it('gives names for SQL, quoted where they must be', () => {
    const reserved = new Set(['order']);
    const sql = schemaRows(schemaNodes(parts), { 'table ["my schema","mine"]': true }).map(({ item }) =>
      itemSql(item, reserved),
    );
    expect(sql).toEqual(expect.arrayContaining(['silver_events', '"my schema".mine', '"order"', '"Full Name"']));
    expect(sql).toContain("'sales.csv'");
  });

  it('stays quick with 1,000 files and 2,000 columns unfolded', () => {
    const wide = table(
      'wide',
      Array.from({ length: 2_000 }, (_, index) => `column_${index}`),
    );
    const files = Array.from({ length: 1_000 }, (_, index) => file(`lake/part-${index}.parquet`));
    const large = { ...parts, tables: [wide], files: { files, truncated: false } };
    const started = performance.now();
    const rows = schemaRows(schemaNodes(large), { 'table ["main","wide"]': true, 'folder lake': true });
    expect(rows).toHaveLength(3_004);
    expect(schemaRows(schemaNodes(large), {}, 'column_19')).toHaveLength(113);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('temporary tables of the tab', () => {
  const temporary = [
    table('Mine', ['a'], { schema: 'main', sessionId: 'tab' }),
    table('silver_EVENTS', ['b'], { schema: 'main', sessionId: 'tab' }),
  ];
  const items = schemaRows(schemaNodes({ ...parts, temporary }), {}).map(({ item }) => item);

  it('have a group of their own', () => {
    const titles = items.flatMap((item) => (item.kind === 'group' ? [`${item.title} ${item.count}`] : []));
    expect(titles).toContain('Temporary, in this tab 2');
  });

  it('are read by their session, and hide tables of the same name, which then need a longer one', () => {
    const tables = items.flatMap((item) =>
      item.kind === 'table' ? [[item.source.kind, itemSql(item, new Set())]] : [],
    );
    expect(tables).toContainEqual(['temporary', 'silver_EVENTS']);
    expect(tables).toContainEqual(['table', 'micro_warehouse.main.silver_events']);
    expect(tables).toContainEqual(['table', 'gold_teams']);
    expect(tables).toContainEqual(['table', '"my schema".mine']);
  });
});
