import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generate } from '../testing/generation';
import { gridRows } from '../testing/grid-rows';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import { loadExamples, QueryFiles } from './query-files';

const examplesFolder = path.resolve('resources/queries');

async function openFiles() {
  const workspace = await temporaryWorkspace();
  return { files: new QueryFiles(workspace), folder: workspace.queriesFolder };
}

describe('saved queries', () => {
  test('are plain files that are listed, read, renamed and deleted', async () => {
    const { files, folder } = await openFiles();
    expect(await files.list()).toEqual([]);
    await files.save('Weekly teams.sql', 'SELECT 1;\n', { replaces: null });
    expect(await readFile(path.join(folder, 'Weekly teams.sql'), 'utf8')).toBe('SELECT 1;\n');
    await files.save('other.sql', 'SELECT 2', { replaces: null });
    await expect(files.save('other.sql', 'lost', { replaces: null })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    await files.save('other.sql', 'SELECT 22', { replaces: 'SELECT 2' });
    expect(await files.read('other.sql')).toBe('SELECT 22');
    await expect(files.rename('other.sql', 'Weekly teams.sql')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    await files.rename('other.sql', 'second.sql');
    expect((await files.list()).map(({ name }) => name)).toEqual(['second.sql', 'Weekly teams.sql']);
    await files.remove('second.sql');
    await expect(files.read('second.sql')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test.each(['../x.sql', 'a/b.sql', '.sql', '.hidden.sql', 'x.txt', 'a\u0000.sql'])(
    'never leave their folder: %j',
    async (name) => {
      const { files } = await openFiles();
      await expect(files.save(name, '', { replaces: 'SELECT 1' })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    },
  );

  test.each(['CON.sql', 'nul.sql', 'trailing .sql', 'trailing..sql', `${'🙂'.repeat(90)}.sql`])(
    'get names that every system takes: not %s',
    async (name) => {
      const { files } = await openFiles();
      await files.save('good.sql', 'SELECT 1', { replaces: null });
      const refused = { code: 'INVALID_OPTIONS', message: expect.not.stringContaining('Something went wrong') };
      await expect(files.save(name, '', { replaces: null })).rejects.toMatchObject(refused);
      await expect(files.rename('good.sql', name)).rejects.toMatchObject(refused);
      expect(await files.read('good.sql')).toBe('SELECT 1');
    },
  );

  test('with names of earlier versions can still be read and saved', async () => {
    const { files, folder } = await openFiles();
    await files.save('good.sql', '', { replaces: null });
    await writeFile(path.join(folder, 'odd .sql'), 'SELECT 1');
    expect(await files.read('odd .sql')).toBe('SELECT 1');
    await files.save('odd .sql', 'SELECT 2', { replaces: 'SELECT 1' });
    expect((await files.list()).map(({ name }) => name)).toContain('odd .sql');
  });

  test.each([
    ['a.sql', 'A.sql'],
    ['caf\u00e9.sql', 'cafe\u0301.sql'],
    ['stra\u00dfe.sql', 'STRASSE.sql'],
  ])('never replace one another: %j and %j', async (first, second) => {
    const { files, folder } = await openFiles();
    await files.save(first, 'first', { replaces: null });
    await files.save('other.sql', 'other', { replaces: null });
    const refused = { code: 'INVALID_OPTIONS', message: `A query named ${first} already exists.` };
    await expect(files.save(second, 'lost', { replaces: null })).rejects.toMatchObject(refused);
    await expect(files.rename('other.sql', second)).rejects.toMatchObject(refused);
    // Another program may have created it, on systems where the names differ.
    await writeFile(path.join(folder, second), 'second', { flag: 'wx' });
    await expect(files.rename(first, second)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(await files.read(first)).toBe('first');
    expect(await files.read(second)).toBe('second');
    expect(await files.read('other.sql')).toBe('other');
  });

  test('can be renamed to the same name in another case', async () => {
    const { files, folder } = await openFiles();
    await files.save('weekly.sql', 'SELECT 1', { replaces: null });
    await files.rename('weekly.sql', 'Weekly.sql');
    expect(await readdir(folder)).toEqual(['Weekly.sql']);
    expect(await files.read('Weekly.sql')).toBe('SELECT 1');
  });

  test('are replaced only while they hold the text that was read, and made again where they are gone', async () => {
    const { files, folder } = await openFiles();
    await files.save('q.sql', 'SELECT 1', { replaces: null });
    await writeFile(path.join(folder, 'q.sql'), 'SELECT 2 -- of another program');
    await expect(files.save('q.sql', 'SELECT 3', { replaces: 'SELECT 1' })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('was changed outside'),
    });
    expect(await files.read('q.sql')).toBe('SELECT 2 -- of another program');
    await files.remove('q.sql');
    await files.save('q.sql', 'SELECT 3', { replaces: 'SELECT 1' });
    expect(await files.read('q.sql')).toBe('SELECT 3');
  });

  test('of many that are saved or renamed to one name at once, one gets it and no text is lost', async () => {
    const { files, folder } = await openFiles();
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(numbers.map((number) => files.save(`${number}.sql`, `text ${number}`, { replaces: null })));
    const taken = await Promise.allSettled([
      ...numbers.map((number) => files.rename(`${number}.sql`, 'one.sql')),
      ...numbers.map((number) => files.save('one.sql', `saved ${number}`, { replaces: null })),
    ]);
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const names = await readdir(folder);
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    expect(numbers.filter((number) => !texts.includes(`text ${number}`))).toEqual([]);
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('that change outside are noticed', async () => {
    const { files, folder } = await openFiles();
    await mkdir(folder);
    const following = files.follow();
    expect((await following.next()).value).toEqual([]);
    await writeFile(path.join(folder, 'from-git.sql'), 'SELECT 3');
    expect((await following.next()).value).toMatchObject([{ name: 'from-git.sql' }]);
    await following.return();
  });

  test('that change while they are being listed are noticed, too', async () => {
    const workspace = await temporaryWorkspace();
    let changed: Promise<void> | null = null;
    /** Another program saves a query just after the folder has been read for the first time. */
    class MeetsAnotherProgram extends QueryFiles {
      override async list() {
        const listed = await super.list();
        await (changed ??= writeFile(path.join(workspace.queriesFolder, 'meanwhile.sql'), 'SELECT 4'));
        return listed;
      }
    }
    const following = new MeetsAnotherProgram(workspace).follow();
    expect((await following.next()).value).toEqual([]);
    expect((await following.next()).value).toMatchObject([{ name: 'meanwhile.sql' }]);
    await following.return();
  });
});

test.each([{ profile: 'uniform' }, { profile: 'realistic' }] as const)(
  'every example has a title and a group, and runs on $profile events with every kind of mess',
  async (run) => {
    const workspace = await temporaryWorkspace();
    const mess = { nullUsers: 0.1, emptyProperties: 0.1, duplicates: 0.1, lateEvents: 0.1, malformedJson: 0.1 };
    const schemaDrift = { date: '2025-01-20', rate: 0.5 };
    await generate(workspace, {
    ...run, rows: 5_000, start: '2025-01-01', end: '2025-02-19', mess: { ...mess, schemaDrift },
  }); // prettier-ignore
    const warehouse = await Warehouse.open(workspace, modelsFolder);
    onTestFinished(() => warehouse.close());
    await warehouse.refresh();
    const busiest = 'SELECT team_id::VARCHAR FROM silver_events GROUP BY team_id ORDER BY count(*) DESC LIMIT 1';
    const [team] = await gridRows(warehouse.console, busiest);
    const parameters = {
      team: { type: 'BIGINT', value: String(team?.[0]) },
      since: { type: 'DATE', value: '2025-01-01' },
    } as const;
    for (const { name, title, sql, on } of await loadExamples(examplesFolder)) {
      expect(title, name).not.toBe(name);
      if (on === 'cluster') continue;
      const { result } = await warehouse.console.run('tab', sql, { parameters });
      expect(result?.rows, name).toBeGreaterThan(0);
    }
  },
);
