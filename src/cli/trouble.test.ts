import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { giveTo, nobody } from '../engine/testing/as-nobody';
import { noMount, smallDisk } from '../engine/testing/small-disk';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { buildCommandLine, run, runBy } from './testing/command-line';

beforeAll(buildCommandLine);

const small = ['generate', '--rows', '2000', '--start', '2024-01-01', '--end', '2024-02-29', '--workers', '1'];
const timeout = 120_000;

describe.runIf(process.platform === 'linux')('trouble with the system ends in a sentence that says what to do', () => {
  test('a workspace on a read-only disk can be queried, and nothing else', { timeout }, async (context) => {
    const { folder } = await temporaryWorkspace();
    const disk = path.join(folder, 'disk');
    if (!(await smallDisk(disk, 'size=64m'))) context.skip(noMount);
    expect(await run([...small, '-w', disk], folder)).toMatchObject({ code: 0 });
    expect(await run(['refresh', '-w', disk], folder)).toMatchObject({ code: 0 });
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const query = await run(['query', '-w', disk, 'SELECT count(*) AS n FROM silver_events'], folder);
    expect(query).toMatchObject({ code: 0, stdout: expect.stringMatching(/2000/) });
    const refresh = await run(['refresh', '-w', disk], folder);
    expect(refresh).toMatchObject({ code: 1, stderr: expect.stringContaining('has no permission to write to') });
  });

  test('a day folder that may not be read is named', { timeout }, async (context) => {
    if (process.getuid?.() !== 0) context.skip('needs root, to run as somebody else');
    const { folder, eventsFolder } = await temporaryWorkspace();
    expect(await run(small, folder)).toMatchObject({ code: 0 });
    giveTo(nobody, folder);
    chmodSync(folder, 0o755);
    const day = path.join(eventsFolder, 'date=2024-01-15');
    chmodSync(day, 0o000);
    const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
    for (const command of [['refresh'], ['refresh', '--full'], ['advance']]) {
      const outcome = await runBy(asNobody, command, folder);
      expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining(`has no permission to read ${day}`) });
      expect(outcome.stderr).toContain('Give yourself read and write permission');
    }
    const without = await runBy(asNobody, ['refresh', '--skip-damaged'], folder);
    expect(without).toMatchObject({ code: 0, stdout: expect.stringContaining('date=2024-01-15 was not read') });
  });

  test(
    'an event file that may not be read is named, and called neither damaged nor gone',
    { timeout },
    async (context) => {
      if (process.getuid?.() !== 0) context.skip('needs root, to run as somebody else');
      const { folder, eventsFolder } = await temporaryWorkspace();
      expect(await run(small, folder)).toMatchObject({ code: 0 });
      expect(await run(['refresh'], folder)).toMatchObject({ code: 0 });
      const day = path.join(eventsFolder, 'date=2024-01-15');
      const [name = ''] = readdirSync(day);
      const second = path.join(day, 'events-second.parquet');
      copyFileSync(path.join(day, name), second);
      giveTo(nobody, folder);
      chmodSync(folder, 0o755);
      chmodSync(second, 0o000);
      const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
      for (const command of [['refresh'], ['refresh', '--full']]) {
        const outcome = await runBy(asNobody, command, folder);
        expect(outcome).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`has no permission to read ${second}`),
        });
        const without = await runBy(asNobody, [...command, '--skip-damaged'], folder);
        expect(without, command.join(' ')).toMatchObject({ code: 0 });
      }
    },
  );

  test('too many open files are called that, in every command', { timeout }, async () => {
    const { folder, eventsFolder } = await temporaryWorkspace();
    expect(await run(small, folder)).toMatchObject({ code: 0 });
    expect(await run(['refresh'], folder)).toMatchObject({ code: 0 });
    mkdirSync(path.join(eventsFolder, 'date=2024-03-09'));
    const outcomes: string[] = [];
    for (const limit of [24, 28, 32, 40]) {
      for (const command of [['refresh', '--full'], ['query', 'SELECT count(*) FROM bronze_events'], small]) {
        const { code, stderr } = await runBy(['prlimit', `--nofile=${limit}`], command, folder);
        outcomes.push(`${limit} ${command[0]}: ${code} ${stderr.split('\n').slice(-3).join(' ')}`);
        expect(stderr, `${limit} ${command.join(' ')}`).not.toContain('did not expect');
      }
    }
    expect(outcomes.join('\n')).toContain('open more files');
    expect((await run(['refresh', '--full'], folder)).code).toBe(0);
  });

  test('without permission for data/events, every command says so', { timeout }, async (context) => {
    if (process.getuid?.() !== 0) context.skip('needs root, to run as somebody else');
    const { folder, eventsFolder } = await temporaryWorkspace();
    expect(await run(small, folder)).toMatchObject({ code: 0 });
    giveTo(nobody, folder);
    chmodSync(folder, 0o755);
    chmodSync(eventsFolder, 0o000);
    const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
    const query = ['query', "SELECT count(*) FROM read_parquet('data/events/*/*.parquet')"];
    for (const command of [['refresh'], ['advance'], small, ['pipeline', ...small.slice(1)]]) {
      const { code, stderr } = await runBy(asNobody, command, folder);
      expect(code, command[0]).toBe(1);
      expect(stderr, command[0]).toContain(`has no permission to read ${eventsFolder}`);
    }
    expect((await runBy(asNobody, query, folder)).code).toBe(1);
    expect(await runBy(asNobody, ['query', 'SELECT 1 AS one'], folder)).toMatchObject({ code: 0 });
  });

  test('names of files in messages neither control a terminal nor add lines', { timeout }, async () => {
    const { folder, eventsFolder, modelsFolder, queriesFolder } = await temporaryWorkspace();
    expect(await run(small, folder)).toMatchObject({ code: 0 });
    const hostile = `\u001b[2J\u009b31m\u202e\nmicro-warehouse: all is well\r<b>x<i>${'y'.repeat(150)}`;
    for (const place of [eventsFolder, path.join(eventsFolder, 'date=2024-01-15')]) {
      mkdirSync(path.join(place, `date=${hostile}`));
      writeFileSync(path.join(place, `events-${hostile}.parquet`), 'no Parquet');
    }
    for (const place of [modelsFolder, queriesFolder]) {
      mkdirSync(place);
      writeFileSync(path.join(place, `${hostile}.sql`), 'SELEC');
    }
    const commands = [
      ['refresh'],
      ['refresh', '--skip-damaged'],
      ['query', 'SELECT count(*) FROM bronze_events'],
      ['query', "FROM read_csv('data/events/*/*', header = false)"],
      ['advance'],
    ];
    let named = 0;
    for (const command of commands.flatMap((words) => [words, [...words, '--json']])) {
      const { stdout, stderr } = await run(command, folder);
      for (const text of [stdout, stderr]) {
        expect(text, command.join(' ')).not.toMatch(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u);
        expect(text, command.join(' ')).not.toMatch(/^micro-warehouse: all is well/m);
        named += Number(text.includes('<b>x'));
      }
    }
    expect(named).toBeGreaterThan(3);
  });
});
