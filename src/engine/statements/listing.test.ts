import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findOutsideLink } from '../fs/outside-links';
import { gridRows } from '../testing/grid-rows';
import { openConsole } from '../testing/open-console';

const allowed = { allowChanges: true };

describe('names of files outside are not listed', () => {
  /** A workspace with a folder beside it that has one file, and `link` to that folder inside. */
  async function withLink(link: string) {
    const { console, workspace, warehouse } = await openConsole();
    const outside = mkdtempSync(path.join(workspace.folder, '..', 'outside-'));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    writeFileSync(path.join(outside, 'secret.txt'), 'x');
    mkdirSync(path.dirname(path.join(workspace.folder, link)), { recursive: true });
    symlinkSync(outside, path.join(workspace.folder, link));
    return { console, folder: workspace.folder, warehouse };
  }
  const refused = { code: 'SQL_READ_ONLY', message: expect.stringContaining('is a link to a folder there') };

  test.each([
    (folder: string) => `SELECT file FROM glob('${folder}/dee?/*/*')`,
    (folder: string) => `SELECT filename FROM read_text('${folder}/dee?/ou?/*')`,
    (folder: string) => `SELECT filename FROM read_blob(['${folder}/dee?/ou?/*'])`,
    (folder: string) => `FROM glob('file:' || '${folder}/dee' || chr(63) || '/out/*')`,
    (folder: string) => `FROM query('SELECT file FROM gl' || 'ob(''${folder}/*/*/*'')')`,
    (folder: string) => `EXPLAIN ANALYZE FROM glob('${folder}/*/*/*')`,
    (folder: string) => `PIVOT (SELECT file FROM glob('${folder}/*/*/*')) ON file`,
    (folder: string) => `FROM listed('${folder}/*/*/*')`,
    () => 'FROM listing',
    () => 'PIVOT (FROM listing) ON file',
    (folder: string) => `CREATE TABLE t AS FROM glob('${folder}/*/*/*')`,
    (folder: string) => `CREATE TABLE t AS PIVOT (FROM glob('${folder}/*/*/*')) ON file`,
    (folder: string) => `COPY (FROM glob('${folder}/*/*/*')) TO '${folder}/exports/names.csv'`,
  ])('%#', async (sqlIn) => {
    const { console, folder } = await withLink('deep/out');
    await console.run('tab', 'CREATE MACRO listed(p) AS TABLE FROM glob(p)', allowed);
    await console.run('tab', `CREATE VIEW listing AS FROM glob('${folder}/*/*/*')`, allowed);
    await expect(console.run('tab', sqlIn(folder), allowed)).rejects.toMatchObject(refused);
  });

  test('by a model of the user neither', async () => {
    const { warehouse, folder } = await withLink('out');
    mkdirSync(path.join(folder, 'models'));
    writeFileSync(path.join(folder, 'models/names.sql'), `FROM glob('${folder}/ou?/*')`);
    await warehouse.refresh();
    const model = (await warehouse.models()).find(({ name }) => name.includes('names'));
    expect(model?.built).toBeNull();
    expect(JSON.stringify(model)).not.toContain('secret');
  });

  test.each(['read_csv', 'read_json', 'read_parquet', 'sniff_csv', 'parquet_metadata', 'parquet_schema'])(
    'nor in the message of %s',
    async (name) => {
      const { console, folder } = await withLink('out');
      const error: unknown = await console.run('tab', `FROM ${name}('${folder}/ou?/*')`).catch((caught) => caught);
      expect(error).toMatchObject({ code: 'SQL_READ_ONLY', message: expect.stringContaining('outside the workspace') });
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('secret');
    },
  );

  test('without such a link files are listed, through links inside too, and links to files do not matter', async () => {
    const { console, workspace } = await openConsole();
    const { folder } = workspace;
    symlinkSync('data', path.join(folder, 'inner'));
    symlinkSync('/etc/hosts', path.join(folder, 'hosts'));
    symlinkSync('nowhere', path.join(folder, 'dangling'));
    for (const pattern of ['data/events/*/*.parquet', 'inn*/events/*/*.parquet']) {
      expect(await gridRows(console, `SELECT count(*) FROM glob('${folder}/${pattern}')`)).toEqual([['2']]);
      expect(await gridRows(console, `SELECT count(*) FROM read_blob('${folder}/${pattern}')`)).toEqual([['2']]);
    }
  });
});

test('where it cannot be known whether a link leads out, there might be one', async () => {
  const { workspace } = await openConsole();
  expect(await findOutsideLink([workspace.folder], 2)).toBe('unknown');
  expect(await findOutsideLink([workspace.folder])).toBeNull();
});
