import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import { loadExamples, QueryFiles } from './query-files';

const examplesFolder = path.resolve('resources/queries');

async function openFiles() {
  const { queriesFolder } = await temporaryWorkspace();
  return { files: new QueryFiles(queriesFolder), folder: queriesFolder };
}

describe('saved queries', () => {
  test('are plain files that are listed, read, renamed and deleted', async () => {
    const { files, folder } = await openFiles();
    expect(await files.list()).toEqual([]);
    await files.save('Weekly teams.sql', 'SELECT 1;\n', { replace: false });
    expect(await readFile(path.join(folder, 'Weekly teams.sql'), 'utf8')).toBe('SELECT 1;\n');
    await files.save('other.sql', 'SELECT 2', { replace: false });
    await expect(files.save('other.sql', 'lost', { replace: false })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    await files.save('other.sql', 'SELECT 22', { replace: true });
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
      await expect(files.save(name, '', { replace: true })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    },
  );

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
    const { queriesFolder } = await temporaryWorkspace();
    let changed: Promise<void> | null = null;
    /** A program that saves a query just after the folder has been read for the first time. */
    class MeetsAnotherProgram extends QueryFiles {
      override async list() {
        const listed = await super.list();
        await (changed ??= writeFile(path.join(queriesFolder, 'meanwhile.sql'), 'SELECT 4'));
        return listed;
      }
    }
    const following = new MeetsAnotherProgram(queriesFolder).follow();
    expect((await following.next()).value).toEqual([]);
    expect((await following.next()).value).toMatchObject([{ name: 'meanwhile.sql' }]);
    await following.return();
  });
});

test('every example has a title and a group, and runs', async () => {
  const workspace = await temporaryWorkspace();
  const properties = '{"platform":"web","browser":"Firefox"}';
  await writeEvents(workspace, [
    { at: '2025-01-06 10:00:00', properties },
    { at: '2025-02-07 11:00:00', properties },
  ]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const parameters = { team: { type: 'BIGINT', value: '1' }, since: { type: 'DATE', value: '2025-01-01' } } as const;
  for (const { name, title, sql } of await loadExamples(examplesFolder)) {
    expect(title, name).not.toBe(name);
    const { result } = await warehouse.console.run('tab', sql, { parameters });
    expect(result?.rows, name).toBeGreaterThan(0);
  }
});
