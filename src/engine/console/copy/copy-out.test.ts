import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { openConsole } from '../../testing/open-console';
import { WorkspaceFiles } from '../../fs/workspace-files';
import { noMount, smallDisk } from '../../testing/small-disk';
import { makeAside, sweepCopies } from './copy-aside';

async function openCopying() {
  const { console, workspace } = await openConsole();
  const at = (name: string) => path.join(workspace.exportsFolder, name);
  const copy = async (sql: string, signal?: AbortSignal) =>
    (await console.run('copying', sql, { allowChanges: true, signal })).changedRows;
  /** Names below `exports/`, except those of gold. */
  const names = () =>
    readdirSync(workspace.exportsFolder, { encoding: 'utf8', recursive: true })
      .filter((name) => !name.startsWith('gold_'))
      .toSorted();
  return { console, workspace, at, copy, names };
}

const tenRows = '(SELECT i, i % 2 AS part FROM range(10) t(i))';

describe('COPY writes', () => {
  test.each([
    ["TO 'exports/a.csv'", 'a.csv'],
    ["TO 'exports/a.csv' (HEADER false, DELIMITER '|')", 'a.csv'],
    ["TO 'exports/a.csv' WITH (FORMAT csv)", 'a.csv'],
    ["TO 'exports/a.csv' DELIMITER '|' CSV HEADER", 'a.csv'],
    ["TO 'exports/a.csv.gz'", 'a.csv.gz'],
    ["TO 'exports/it''s.parquet' (COMPRESSION zstd, RETURN_FILES)", "it's.parquet"],
    ["TO 'exports/a.parquet' (RETURN_STATS)", 'a.parquet'],
    ["TO 'exports/a.json' (ARRAY true)", 'a.json'],
    ["TO 'exports/a.json' (APPEND)", 'a.json'],
    ['TO "exports/a.csv"', 'a.csv'],
  ])('one file: %s', async (rest, file) => {
    const { copy, names } = await openCopying();
    for (const _ of [1, 2]) {
      expect(await copy(`COPY ${tenRows} ${rest}`)).toBe(10);
      expect(names()).toEqual([file]);
    }
  });

  test.each(['csv', 'json', 'parquet'])('VARIANT as %s', async (format) => {
    const { copy, console, at } = await openCopying();
    const sql = `SELECT 1::VARIANT AS n, {'a': [1, NULL], 'b': 'x'}::VARIANT AS v`;
    expect(await copy(`COPY (${sql}) TO 'exports/v.${format}'`)).toBe(1);
    const { result } = await console.run(
      'reader',
      `SELECT CAST(n AS VARCHAR) = '1', CAST(v AS VARCHAR) LIKE '%x%' FROM '${at(`v.${format}`)}'`,
    );
    expect(
      tableFromIPC(await console.window(result?.resultId ?? '', 0, 1))
        .get(0)
        ?.toArray(),
    ).toEqual([true, true]);
  });

  test('several files into a folder, by the rules of DuckDB for a folder that is there', async () => {
    const { copy, names, at } = await openCopying();
    const run = (options: string) =>
      copy(`COPY ${tenRows} TO 'exports/parts' (FORMAT csv, PARTITION_BY (part)${options})`);
    expect(await run('')).toBe(10);
    const parts = ['parts', 'parts/part=0', 'parts/part=0/data_0.csv', 'parts/part=1', 'parts/part=1/data_0.csv'];
    expect(names()).toEqual(parts);
    await expect(run('')).rejects.toMatchObject({
      message: expect.stringContaining(`Directory "${at('parts')}" is not empty`),
    });
    writeFileSync(at('parts/mine.txt'), 'mine');
    writeFileSync(at('parts/part=0/data_0.csv'), 'old');
    expect(await run(', OVERWRITE_OR_IGNORE')).toBe(10);
    expect(names()).toEqual(['parts', 'parts/mine.txt', ...parts.slice(1)]);
    expect(readFileSync(at('parts/part=0/data_0.csv'), 'utf8')).toBe('i\n0\n2\n4\n6\n8\n');
    expect(await run(', APPEND')).toBe(10);
    expect(names()).toHaveLength(8);
    expect(await run(', OVERWRITE, RETURN_FILES')).toBe(10);
    expect(names()).toEqual(parts);
  });

  test('into an empty folder, and with PER_THREAD_OUTPUT', async () => {
    const { copy, names, at } = await openCopying();
    mkdirSync(at('empty'));
    expect(await copy(`COPY ${tenRows} TO 'exports/empty' (FORMAT parquet, PER_THREAD_OUTPUT)`)).toBe(10);
    expect(names()).toEqual(['empty', 'empty/data_0.parquet']);
  });

  test('from two tabs at the same time', async () => {
    const { console, names } = await openCopying();
    const copy = (tab: string) =>
      console.run(tab, `COPY (FROM range(300000)) TO 'exports/${tab}.csv'`, { allowChanges: true });
    await Promise.all(['a', 'b', 'c'].map(copy));
    expect(names()).toEqual(['a.csv', 'b.csv', 'c.csv']);
  });
});

describe('COPY leaves its target as it was, and nothing else', () => {
  test.each([
    ["TO 'exports/dangling.csv'", /is a link/],
    ["TO 'exports/pipe.csv'", /isn't a regular file/],
    ["TO 'exports/linked/x.csv'", /is a link/],
    ["TO 'exports/old.csv/x.csv'", /exports\/old\.csv isn't a folder/],
    ["TO 'exports/missing/x.csv'", /doesn't exist/],
    ["TO 'exports/.hidden.csv'", /start with a dot/],
    ["TO 'exports'", /isn't in/],
    ["TO 'exports/../models/x.csv'", /isn't in/],
    ["TO 'file:exports/x.csv'", /isn't in/],
    ["TO 'exports/x' \n '.csv'", /single quotes/],
    ["TO ('exports/x.csv')", /single quotes/],
    ["TO E'exports/x.csv'", /single quotes/],
    ['TO exports.csv', /single quotes/],
    ["TO 'exports/old.csv' (FORMAT nonsense)", /nonsense/],
    ["TO 'exports/old.csv' (FORMAT csv, PARTITION_BY (part), OVERWRITE)", /is a file, but this COPY writes a folder/],
    ["TO 'exports/folder' (FORMAT csv)", /folder/],
    ["TO 'exports/x' (FORMAT csv, PARTITION_BY (part), FILENAME_PATTERN '../../../../y')", /may read only|disabled/],
    ["TO 'exports/x' (FORMAT csv, PARTITION_BY (part), FILENAME_PATTERN '../../rows')", /.*/],
  ])('%s', async (rest, message) => {
    const { copy, names, at, workspace } = await openCopying();
    symlinkSync(path.join(workspace.folder, 'nowhere'), at('dangling.csv'));
    symlinkSync(workspace.eventsFolder, at('linked'));
    execFileSync('mkfifo', [at('pipe.csv')]);
    mkdirSync(at('folder'));
    writeFileSync(at('folder/mine.txt'), 'mine');
    writeFileSync(at('old.csv'), 'old');
    const before = names();
    await expect(copy(`COPY ${tenRows} ${rest}`)).rejects.toMatchObject({
      code: expect.stringMatching(/SQL_|LINK_NOT_ALLOWED|WORKSPACE_INVALID/),
      message: expect.stringMatching(message),
    });
    expect(names()).toEqual(before);
    expect(readFileSync(at('old.csv'), 'utf8')).toBe('old');
    const others = readdirSync(workspace.folder).filter((name) => !name.startsWith('micro_warehouse.duckdb'));
    expect(others.toSorted()).toEqual(['data', 'exports']);
    expect(readdirSync(workspace.folder).filter((name) => /copy/.test(name))).toEqual([]);
  });

  test('whenever it is cancelled, or is complete and says so', { timeout: 60_000 }, async () => {
    const { copy, names, at } = await openCopying();
    const outcomes = new Set<string>();
    for (let delay = 0; delay <= 600; delay += 30) {
      writeFileSync(at('a.csv'), 'old');
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), delay);
      const outcome = await copy("COPY (FROM range(1000000)) TO 'exports/a.csv'", stop.signal).then(
        () => 'written',
        (error: unknown) =>
          error instanceof Error && error.message === 'The query was cancelled.' ? 'cancelled' : String(error),
      );
      clearTimeout(timer);
      outcomes.add(outcome);
      const text = readFileSync(at('a.csv'), 'utf8');
      expect(text === 'old' ? 'cancelled' : 'written').toBe(outcome);
      if (outcome === 'written') expect(text).toHaveLength(6_888_896);
      expect(names()).toEqual(['a.csv']);
    }
    expect(outcomes).toContain('cancelled');
  });
});

test('files of a running process are not swept; those of a killed one are, and a folder comes back', async () => {
  const { workspace, at, names } = await openCopying();
  const files = new WorkspaceFiles(workspace);
  const target = { path: at('parts'), relative: 'parts', before: 'folder' } as const;
  const aside = await makeAside(workspace, target, files);
  await files.makeFolder(path.join(aside.root, 'replaced'));
  await files.create(path.join(aside.root, 'replaced', 'old.csv'), 'old');
  await sweepCopies(workspace);
  expect(existsSync(aside.root)).toBe(true);
  // A process with the same pid that started at another time.
  const killed = aside.root.replace(/\.[0-9a-f]{8}(?=\.[0-9a-f]{12}$)/, '.0123abcd');
  await files.move(aside.root, killed);
  await sweepCopies(workspace);
  expect(names()).toEqual(['parts', 'parts/old.csv']);
});

test('on a full disk COPY says so and leaves nothing', async (context) => {
  const { copy, names, workspace } = await openCopying();
  if (!(await smallDisk(workspace.exportsFolder, 'size=1m'))) context.skip(noMount);
  await expect(copy("COPY (SELECT hash(i) FROM range(1000000) t(i)) TO 'exports/big.csv'")).rejects.toMatchObject({
    code: 'DISK_FULL',
  });
  expect(names()).toEqual([]);
  expect(await copy("COPY (SELECT 1) TO 'exports/small.csv'")).toBe(1);
});
