import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { runLogEntrySchema } from '../contract/generation';
import { checksums, filesBelow } from '../engine/testing/generation';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { buildCommandLine, childrenOf, isRunning, run, runOnTerminal, start } from './testing/command-line';

beforeAll(buildCommandLine);

const small = ['--rows', '20000', '--start', '2024-01-01', '--end', '2024-06-30', '--workers', '2'];
/** Windows has no signals: interrupting a process kills it. */
const isWindows = process.platform === 'win32';
/** Runs long enough to be interrupted. */
const big = ['generate', '--rows', '30000000', '--workers', '2'];

describe('generate', () => {
  it('writes the events and says what it did, on stdout alone; progress goes to stderr', async () => {
    const { folder, eventsFolder } = await temporaryWorkspace();
    const outcome = await run(['generate', ...small], folder);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout).toMatch(
      /^Generated 20,000 rows in 182 files \(.* [kM]B\) in .* rows\/s, seed 42: .*events\nRecipe: mw1 realistic .*\n$/,
    );
    expect(outcome.stderr).toContain('Moving into place: 100%, 20,000 of 20,000 rows');
    expect(await filesBelow(eventsFolder)).toHaveLength(182);
  });

  it('prints one JSON document with --json', async () => {
    const { folder } = await temporaryWorkspace();
    const { stdout } = await run(['generate', ...small, '--workspace', 'a/b', '--seed', '7', '--json'], folder);
    const entry = runLogEntrySchema.parse(JSON.parse(stdout));
    expect(entry).toMatchObject({ status: 'succeeded', rows: 20_000, files: 182, request: { recipe: { seed: 7 } } });
    expect(await filesBelow(path.join(folder, 'a/b/data/events'))).toHaveLength(182);
  });

  it('gives the same bytes from one process and from three, and from a run after a cancelled one', async () => {
    const [one, three] = [await temporaryWorkspace(), await temporaryWorkspace()];
    await run(['generate', ...small, '--workers', '1'], one.folder);
    const cancelled = start(big, three.folder);
    await cancelled.said('Writing');
    cancelled.child.kill('SIGINT');
    await cancelled.ended;
    await run(['generate', ...small, '--workers', '3'], three.folder);
    expect(await checksums(three)).toEqual(await checksums(one));
  });

  it('says when the same events are in already, and writes them as asked', async () => {
    const { folder } = await temporaryWorkspace();
    await run(['generate', ...small, '--seed', '5'], folder);
    const again = await run(['generate', ...small, '--seed', '5', '--compression', 'zstd'], folder);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('these exact events already exist') });
    const next = await run(['advance'], folder);
    expect(next.stderr).not.toContain('already exist');
  });

  it('takes the next seed for the next run', async () => {
    const { folder } = await temporaryWorkspace();
    const seeds: number[] = [];
    while (seeds.length < 3) {
      const { stdout } = await run(['generate', '--rows', '1000', '--end', '2023-01-31', '--json'], folder);
      seeds.push(runLogEntrySchema.parse(JSON.parse(stdout)).request.recipe.seed);
    }
    expect(seeds).toEqual([42, 43, 44]);
  });

  it('refuses options in one line each, and makes no folder', async () => {
    const { folder } = await temporaryWorkspace();
    for (const [args, problem] of [
      [['--rows', '0'], 'Rows must be a whole number from 1 to 1,000,000,000.'],
      [['--rows=-5'], 'Rows must be'],
      [['--rows', '1.5'], 'Rows must be'],
      [['--rows', '1e30'], 'Rows must be'],
      [['--rows', 'many'], 'Rows must be'],
      [['--workers', '0'], 'Workers must be a whole number from 1 to 64.'],
      [['--start', '2024-02-30'], 'Start must be a date in the form YYYY-MM-DD.'],
      [['--start', '2025-01-02', '--end', '2025-01-01'], "End can't be before start."],
      [['--outage', '2026-01-01'], 'Outage must be a date from 2023-01-01 to 2025-12-31.'],
      [['--launch', '2022-01-01*2'], 'Launch must be a date'],
      [['--churn', '2022-12@2024-01-01'], 'The sign-up month of the churning teams must be from 2023-01 to 2025-12'],
      [['--mode', 'merge'], 'Allowed choices are append, replace.'],
      [['--sed', '1'], "unknown option '--sed'"],
      [['--rows='], '--rows can\'t be "".'],
      [['--launch', 'soon'], '--launch can\'t be "soon".'],
      [['--workspace', ''], 'A folder is required.'],
    ] as const) {
      const outcome = await run(['generate', ...args, '--workspace', 'new'], folder);
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toContain(problem);
      expect(outcome.stderr).not.toContain('    at ');
      expect(outcome.stdout).toBe('');
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('says each thing once, and not what follows from it', async () => {
    const { folder } = await temporaryWorkspace();
    for (const [args, problem] of [
      [['--rows', '1e30'], 'Rows must be a whole number from 1 to 1,000,000,000.'],
      [['--start', '2025-13-02'], 'Start must be a date in the form YYYY-MM-DD.'],
    ] as const) {
      const { stdout } = await run(['generate', ...args, '--json'], folder);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INVALID_OPTIONS', message: problem } });
    }
  });

  it.runIf(process.platform === 'linux')('draws bars on a terminal, and lines elsewhere', async () => {
    const { folder } = await temporaryWorkspace();
    const { stdout, code } = await runOnTerminal(['pipeline', ...small], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/worker 2: [\d,]+ rows/);
    expect(stdout).toMatch(/Refreshing [^\n]+ \d+ of 15/);
    expect(stdout).not.toContain('Refreshing: 1 of 15,');
  });

  it.skipIf(isWindows)(
    'ends with the code of its signal when it is interrupted, without a trace of the run',
    async () => {
      for (const [signal, expected] of [
        ['SIGINT', 130],
        ['SIGTERM', 143],
      ] as const) {
        const { folder } = await temporaryWorkspace();
        const { child, ended, said } = start([...big, '--json'], folder);
        await said('Writing');
        child.kill(signal);
        child.kill(signal);
        const { code, stdout, stderr } = await ended;
        expect(code).toBe(expected);
        expect(stderr).toContain('The run was cancelled.');
        expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CANCELLED' } });
        expect(await filesBelow(folder)).toEqual(['data/runs.jsonl']);
      }
    },
  );

  it.runIf(process.platform === 'linux')('stops when a generator process is killed, and says so', async () => {
    const { folder } = await temporaryWorkspace();
    const { child, ended, said } = start(big, folder);
    await said('Writing');
    const [generator] = await childrenOf(child.pid ?? 0);
    process.kill(generator ?? 0, 'SIGKILL');
    expect(await ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('A generator process stopped unexpectedly (signal SIGKILL).'),
    });
    expect(await filesBelow(folder)).toEqual(['data/runs.jsonl']);
  });

  it.runIf(process.platform === 'linux')(
    'takes its generators with it when it is killed; the next run clears up',
    async () => {
      const workspace = await temporaryWorkspace();
      const { child, ended, said } = start(big, workspace.folder);
      await said('Writing');
      const generators = await childrenOf(child.pid ?? 0);
      expect(generators).toHaveLength(2);
      child.kill('SIGKILL');
      await ended;
      await expect.poll(() => generators.some(isRunning), { timeout: 10_000 }).toBe(false);
      expect(await run(['generate', ...small], workspace.folder)).toMatchObject({ code: 0 });
      expect(await filesBelow(workspace.eventsFolder)).toHaveLength(182);
      expect(await readdir(path.join(workspace.folder, 'data'))).toEqual(['events', 'runs.jsonl']);
    },
  );

  it('names who holds the workspace', async () => {
    const { folder } = await temporaryWorkspace();
    const first = start(big, folder);
    await first.said('Writing');
    const second = await run(['generate', ...small], folder);
    const held = `Another run is writing to this workspace: the command line (process ${first.child.pid}).`;
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(held);
    const refreshed = await run(['refresh', '--json'], folder);
    expect(refreshed).toMatchObject({ code: 1, stderr: expect.stringContaining(held) });
    expect(JSON.parse(refreshed.stdout)).toMatchObject({ error: { code: 'WORKSPACE_BUSY' } });
    first.child.kill('SIGINT');
    await first.ended;
  });

  it('says so when the workspace is a file, or one is in the way', async () => {
    const { folder } = await temporaryWorkspace();
    await writeFile(path.join(folder, 'file'), '');
    const asWorkspace = await run(['generate', ...small, '--workspace', 'file'], folder);
    expect(asWorkspace).toMatchObject({ code: 1, stderr: expect.stringContaining("isn't a folder") });
    await mkdir(path.join(folder, 'data'));
    await writeFile(path.join(folder, 'data', 'events'), '');
    const inTheWay = await run(['generate', ...small], folder);
    expect(inTheWay).toMatchObject({ code: 1, stderr: expect.stringContaining("isn't a folder") });
    // Refused before anything is written.
    expect(await filesBelow(folder)).toEqual(['data/events', 'file']);
  });
});

describe('refresh, query and pipeline', () => {
  it('go from nothing to an answer', async () => {
    const { folder } = await temporaryWorkspace();
    const early = await run(['refresh'], folder);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('There are no events');
    const tooEarly = await run(['query', 'SELECT count(*) FROM silver_events'], folder);
    expect(tooEarly).toMatchObject({ code: 1, stderr: expect.stringContaining('refresh to build it') });
    const pipeline = await run(['pipeline', ...small], folder);
    expect(pipeline.code).toBe(0);
    expect(pipeline.stdout).toContain('Weekly active teams\nweek');
    expect(pipeline.stdout).toContain('(26 rows)');
    expect(pipeline.stdout).toContain(path.join(folder, 'exports'));
    const answer = await run(['query', 'SELECT count(*) AS n, NULL AS nothing FROM silver_events'], folder);
    expect(answer).toMatchObject({ code: 0, stdout: '    n  nothing\n-----  -------\n20000     NULL\n(1 row)\n' });
    const refreshed = await run(['refresh', '--json'], folder);
    expect(JSON.parse(refreshed.stdout)).toMatchObject({ status: 'succeeded', mode: 'unchanged', files: 182 });
    const full = await run(['refresh', '--full'], folder);
    expect(full.stdout).toContain('checks: 8 passed, 0 failed');
    expect(full.stderr).toContain('gold_top_teams');
  });

  it('print one JSON document with --json, with every digit', async () => {
    const { folder } = await temporaryWorkspace();
    const pipeline = await run(['pipeline', ...small, '--json'], folder);
    const document: unknown = JSON.parse(pipeline.stdout);
    expect(document).toMatchObject({ run: { rows: 20_000 }, refresh: { status: 'succeeded' } });
    expect(document).toHaveProperty('weeklyActiveTeams.length', 26);
    const { stdout } = await run(
      ['query', '--json', `SELECT 9007199254740993 AS big, 'NaN'::DOUBLE AS nan, [1, NULL] AS list, 1 AS big`],
      folder,
    );
    expect(stdout).toContain('9007199254740993');
    expect(JSON.parse(stdout)).toMatchObject({
      columns: [
        { name: 'big', type: 'BIGINT' },
        { name: 'nan' },
        { name: 'list', type: 'INTEGER[]' },
        { name: 'big_1' },
      ],
      rows: [{ nan: 'nan', list: [1, null], big_1: 1 }],
    });
  });

  it('read files of the workspace by their path from there', async () => {
    const { folder } = await temporaryWorkspace();
    await run(['generate', ...small, '--workspace', 'inner'], folder);
    const sql = `SELECT count(*) AS n FROM 'data/events/*/*.parquet'`;
    expect(await run(['query', sql, '--workspace', 'inner'], folder)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('20000'),
    });
  });

  it('print rows of any number in order, and none', async () => {
    const { folder } = await temporaryWorkspace();
    const many = await run(['query', 'SELECT unnest(range(25000)) AS n'], folder);
    expect(many.stdout.split('\n').slice(2, -2).map(Number)).toEqual(Array.from({ length: 25_000 }, (_, n) => n));
    const none = await run(['query', 'SELECT 1 AS n WHERE false'], folder);
    expect(none.stdout).toBe('n\n-\n(0 rows)\n');
    const noneJson = await run(['query', 'SELECT 1 AS n WHERE false', '--json'], folder);
    expect(JSON.parse(noneJson.stdout)).toMatchObject({ rows: [] });
  });

  it('tell what is wrong with SQL, and where; nothing is written', async () => {
    const { folder } = await temporaryWorkspace();
    const wrong = await run(['query', 'SELECT\n  nonsense'], folder);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/"nonsense" was not found.*\(line 2, column 3\)/s);
    expect(await run(['query', 'CREATE TABLE t AS SELECT 1'], folder)).toMatchObject({ code: 1, stdout: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('name a file that is no Parquet among the partitions, and go on without it as asked', async () => {
    const { folder } = await temporaryWorkspace();
    await run(['pipeline', ...small], folder);
    const damaged = 'data/events/date=2024-01-03/events-x.parquet';
    await writeFile(path.join(folder, damaged), 'no Parquet');
    const refused = await run(['refresh'], folder);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${damaged} can't be read as Parquet.`),
    });
    const query = await run(['query', 'SELECT count(*) FROM bronze_events'], folder);
    expect(query.stderr).toMatch(/events-x\.parquet[^]*Move that file out of data\/events/);
    const skipped = await run(['refresh', '--skip-damaged'], folder);
    expect(skipped).toMatchObject({ code: 0, stdout: expect.stringContaining(`skipped: ${damaged}`) });
  });

  it('do not make a folder that was mistyped', async () => {
    const { folder } = await temporaryWorkspace();
    for (const command of [['refresh'], ['query', 'SELECT 1']]) {
      const outcome = await run([...command, '--workspace', 'mistyped'], folder);
      expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining("doesn't exist") });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('end quietly when their reader has seen enough', async () => {
    const { folder } = await temporaryWorkspace();
    const { child, ended } = start(['query', 'SELECT unnest(range(1000000)) AS n'], folder);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('show their options', async () => {
    const { folder } = await temporaryWorkspace();
    for (const command of [[], ['generate'], ['refresh'], ['query'], ['pipeline']]) {
      const help = await run([...command, '--help'], folder);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain('Usage: micro-warehouse');
    }
    expect(await run([], folder)).toMatchObject({ code: 1 });
    expect((await run(['--version'], folder)).stdout).toBe(`${version}\n`);
  });

  it('print one JSON document for a slip in the command line, too', async () => {
    const { folder } = await temporaryWorkspace();
    const { code, stdout, stderr } = await run(['refresh', '--ful', '--json'], folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("unknown option '--ful'") });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INVALID_OPTIONS' } });
  });
});
