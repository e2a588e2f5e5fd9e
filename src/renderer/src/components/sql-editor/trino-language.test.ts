import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { ClusterName } from '../../../../contract/cluster';
import { completeTrino, type TrinoKnowledge } from './trino-language';
import { plainTrinoName, queriesIn, tablesIn } from './trino-names';

const named = (kind: ClusterName['kind'], names: readonly string[]): ClusterName[] =>
  names.map((name) => ({ name, kind, type: kind === 'column' ? 'bigint' : null }));

/** A cluster with the catalogs hive and iceberg; the latter is the default one. */
const knowledge: TrinoKnowledge = {
  functions: [{ name: 'date_trunc', signatures: ['date_trunc(varchar(x), date) -> date'], description: 'Truncates' }],
  names: (path) => {
    const lists: Record<string, ClusterName[]> = {
      '': [...named('catalog', ['hive', 'iceberg']), ...named('table', ['silver_events', 'Odd name', 'order'])],
      hive: named('schema', ['web']),
      'hive.web': named('table', ['clicks']),
    };
    return Promise.resolve(lists[path.join('.')] ?? []);
  },
  columns: (path) => {
    const lists: Record<string, string[]> = { silver_events: ['user_id', 'group'], 'hive.web.clicks': ['page'] };
    return Promise.resolve(named('column', lists[path.join('.')] ?? []));
  },
};

/** Completions at the bar in a text. */
async function complete(marked: string, explicit = false) {
  const pos = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', '') });
  const found = await completeTrino(new CompletionContext(state, pos, explicit), knowledge);
  return found && { from: found.from, options: found.options };
}

const labels = async (marked: string, explicit = false) =>
  (await complete(marked, explicit))?.options.map(({ label }) => label) ?? null;

describe('completion in Trino SQL', () => {
  it('offers the columns of the tables in use, names of the server, functions and keywords', async () => {
    const found = await complete('SELECT u| FROM silver_events');
    const detail = (wanted: string) => found?.options.find(({ label }) => label === wanted)?.detail;
    expect(found?.from).toBe(7);
    expect(detail('user_id')).toBe('bigint · silver_events');
    expect(detail('hive')).toBe('catalog');
    expect(detail('silver_events')).toBe('table');
    expect(detail('date_trunc')).toBe('date_trunc(varchar(x), date) -> date');
    expect(detail('SELECT')).toBe('keyword');
  });

  it('knows nothing of DuckDB', async () => {
    const found = (await labels('SELECT u| FROM silver_events')) ?? [];
    expect(found.filter((label) => /^(read_parquet|QUALIFY|PIVOT|list_transform)$/i.test(label))).toEqual([]);
  });

  it('follows a path through catalogs and schemas to tables and columns', async () => {
    expect(await labels('SELECT * FROM hive.|')).toEqual(['web']);
    expect(await labels('SELECT * FROM "hive".web.c|')).toEqual(['clicks']);
    expect(await labels('SELECT c.| FROM hive.web.clicks AS c')).toEqual(['page']);
    expect(await labels('SELECT clicks.| FROM hive.web.clicks')).toEqual(['page']);
  });

  it('asks for no columns of a name that is still being typed', async () => {
    const asked: string[] = [];
    const columns = (path: readonly string[]) => {
      asked.push(path.join('.'));
      return knowledge.columns(path);
    };
    for (const doc of ['SELECT * FROM s', 'SELECT * FROM hive.', 'SELECT 1 FROM silver_events JOIN hive.web.']) {
      const state = EditorState.create({ doc });
      await completeTrino(new CompletionContext(state, doc.length, false), { ...knowledge, columns });
    }
    expect(asked).toEqual([]);
  });

  it('quotes names where Trino needs it', async () => {
    const found = await complete('SELECT * FROM o|');
    const apply = (wanted: string) => found?.options.find(({ label }) => label === wanted)?.apply;
    expect(apply('"Odd name"')).toBe('"Odd name"');
    expect(apply('"order"')).toBe('"order"');
    expect(await labels('SELECT silver_events.g| FROM silver_events')).toContain('"group"');
    expect(plainTrinoName('a"b')).toBe('"a""b"');
  });

  it('is silent in strings and comments, before anything is typed, and where a name is made up', async () => {
    expect(await labels("SELECT 'u|")).toBeNull();
    expect(await labels('SELECT 1 -- u|')).toBeNull();
    expect(await labels('SELECT |')).toBeNull();
    expect(await labels('SELECT count(*) AS e|')).toBeNull();
    expect(await labels('SELECT |', true)).toContain('silver_events');
  });
});

it('finds the tables of a statement, with their aliases', () => {
  expect(
    tablesIn(`WITH w AS (SELECT 1) SELECT * FROM a, hive."Web".c AS x LEFT JOIN d USING (id)
      CROSS JOIN UNNEST(x.list) t(y) JOIN w LIMIT 3`),
  ).toEqual([
    { path: ['a'], alias: null },
    { path: ['hive', 'web', 'c'], alias: 'x' },
    { path: ['d'], alias: null },
    { path: ['w'], alias: null },
  ]);
  expect(queriesIn('WITH w AS (SELECT 1), v AS (SELECT 2) SELECT 1')).toEqual(['w', 'v']);
});
