import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openConsole } from '../testing/open-console';
import { workspaceAt } from '../workspace';
import { listSourceFiles } from './source-files';

async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'sources-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function write(folder: string, name: string, text = 'a,b\n1,x\n'): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), text);
}

const pathsOf = async (folder: string, links = new Map<string, string>()) =>
  (await listSourceFiles(workspaceAt(folder, links))).files.map((file) => file.path);

describe('the files of a workspace', () => {
  test('are those that SQL can read, at any depth', async () => {
    const folder = await temporaryFolder();
    for (const name of ['b.CSV', 'data/a.parquet', 'data/runs.jsonl', 'deep/er/t.tsv', 'j.json.gz', 'models/m.sql']) {
      await write(folder, name);
    }
    for (const hidden of ['.secret.csv', 'data/.staging/run/x.parquet', 'queries/q.sql', 'notes.txt']) {
      await write(folder, hidden);
    }
    expect(await pathsOf(folder)).toEqual(['b.CSV', 'data/a.parquet', 'data/runs.jsonl', 'deep/er/t.tsv', 'j.json.gz']);
  });

  test('never lie behind a link, except one that the user has agreed to', async () => {
    const [folder, outside] = [await temporaryFolder(), await temporaryFolder()];
    await write(outside, 'salaries.csv');
    await symlink(outside, path.join(folder, 'exports'));
    await symlink(path.join(outside, 'salaries.csv'), path.join(folder, 'one.csv'));
    expect(await pathsOf(folder)).toEqual([]);
    expect(await pathsOf(folder, new Map([['exports', outside]]))).toEqual(['exports/salaries.csv']);
    expect(await pathsOf(folder, new Map([['exports', '/elsewhere']]))).toEqual([]);
  });

  test('are listed up to a bound', async () => {
    const folder = await temporaryFolder();
    for (let number = 0; number < 30; number += 1) await write(folder, `f${number}.csv`);
    const listed = await listSourceFiles(workspaceAt(folder), 20);
    expect(listed.truncated).toBe(true);
    expect(listed.files).toHaveLength(20);
  });
});

describe('over a warehouse', () => {
  test('a file of any name is read by the SQL that stands for it', async () => {
    const { console, warehouse, workspace } = await openConsole();
    const names = ["it's [1].csv", 'a\nb.csv', 'star*.csv', 'data/Üb.CSV', 'select.csv'];
    for (const name of names) await write(workspace.folder, name, `name\n${JSON.stringify(name.replace('\n', ' '))}\n`);
    // SQL finds files from the folder of the workspace.
    const before = process.cwd();
    process.chdir(workspace.folder);
    onTestFinished(() => process.chdir(before));
    const { files } = await warehouse.sources.files();
    for (const name of names) {
      const { sql = '' } = files.find((file) => file.path === name) ?? {};
      const { result } = await console.run('tab', `SELECT name FROM ${sql}`);
      expect(result, name).toMatchObject({ rows: 1, columns: [{ name: 'name', type: 'VARCHAR' }] });
      expect(await warehouse.sources.columns(name), name).toEqual([{ name: 'name', type: 'VARCHAR' }]);
    }
  });

  test('columns of Parquet, CSV and JSON', async () => {
    const { warehouse, workspace } = await openConsole();
    await write(workspace.folder, 'in/c.csv', 'day,amount\n2025-01-01,1.5\n');
    await write(workspace.folder, 'in/j.jsonl', '{"id": 1, "tags": ["a"]}\n');
    expect(await warehouse.sources.columns('in/c.csv')).toEqual([
      { name: 'day', type: 'DATE' },
      { name: 'amount', type: 'DOUBLE' },
    ]);
    expect(await warehouse.sources.columns('in/j.jsonl')).toEqual([
      { name: 'id', type: 'BIGINT' },
      { name: 'tags', type: 'VARCHAR[]' },
    ]);
    const parquet = (await warehouse.sources.files()).files.find((file) => file.path.startsWith('data/events/'));
    const columns = await warehouse.sources.columns(parquet?.path ?? '');
    expect(columns.map(({ name }) => name)).toContain('event_name');
  });

  test('nothing but files of the workspace is opened', async () => {
    const { warehouse, workspace } = await openConsole();
    const outside = await temporaryFolder();
    await write(outside, 'o.csv');
    await symlink(path.join(outside, 'o.csv'), path.join(workspace.folder, 'link.csv'));
    await symlink(outside, path.join(workspace.folder, 'folder'));
    execFileSync('mkfifo', [path.join(workspace.folder, 'pipe.csv')]);
    for (const file of ['link.csv', 'folder/o.csv', 'pipe.csv', '../o.csv', path.join(outside, 'o.csv'), 'none.csv', '*.csv', 'micro_warehouse.duckdb']) {
      await expect(warehouse.sources.columns(file), file).rejects.toMatchObject({
        code: expect.stringMatching(/INVALID_OPTIONS|LINK_NOT_ALLOWED|WORKSPACE_INVALID|INTERNAL/),
      });
    } // prettier-ignore
    await write(workspace.folder, 'broken.parquet', 'no parquet');
    await expect(warehouse.sources.columns('broken.parquet')).rejects.toMatchObject({ code: 'SQL_ERROR' });
  });

  test('profiles of a model, of a table of the user and of a file', async () => {
    const { console, warehouse, workspace } = await openConsole();
    const table = (name: string, schema = 'main') => ({ kind: 'table', schema, name }) as const;
    expect(await warehouse.sources.profile(table('silver_events'), 'event_name')).toMatchObject({ rows: 2, nulls: 0 });
    await console.run('tab', 'CREATE SCHEMA mine', { allowChanges: true });
    const create = `CREATE TABLE mine."My Table" AS SELECT i AS "an id", CASE WHEN i % 4 = 0 THEN 'x' END AS said FROM range(1000) t(i)`;
    await console.run('tab', create, { allowChanges: true });
    const tables = await warehouse.language.schema();
    expect(tables).toContainEqual({
      schema: 'mine',
      name: 'My Table',
      columns: [
        { name: 'an id', type: 'BIGINT' },
        { name: 'said', type: 'VARCHAR' },
      ],
      records: false,
      sessionId: null,
    });
    const said = await warehouse.sources.profile(table('My Table', 'mine'), 'said');
    expect(said).toMatchObject({ rows: 1_000, nulls: 750, top: [{ label: 'x', count: 250 }], firstRows: null });
    const part = await warehouse.sources.profile(table('My Table', 'mine'), 'an id', { rows: 100 });
    expect(part).toMatchObject({ rows: 100, firstRows: 100 });
    expect(part.histogram).toHaveLength(24);
    await write(workspace.folder, 'c.csv', 'day,amount\n2025-01-01,1.5\n2025-01-02,\n');
    const amount = await warehouse.sources.profile({ kind: 'file', path: 'c.csv' }, 'amount');
    expect(amount).toMatchObject({ rows: 2, nulls: 1, type: 'DOUBLE' });
  });

  test('a profile that takes too long is given up, and so is one that nobody waits for', async () => {
    const { console, warehouse } = await openConsole();
    const endless = 'SELECT count(*) AS n FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';
    await console.run('tab', `CREATE VIEW slow AS ${endless}`, { allowChanges: true });
    const slow = { kind: 'table', schema: 'main', name: 'slow' } as const;
    await expect(warehouse.sources.profile(slow, 'n', { ms: 200 })).rejects.toMatchObject({ code: 'CANCELLED' });
    const leaving = new AbortController();
    const waiting = warehouse.sources.profile(slow, 'n', { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 100);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    const next = await warehouse.sources.profile({ kind: 'table', schema: 'main', name: 'silver_events' }, 'team_id');
    expect(next.rows).toBe(2);
  });
});
