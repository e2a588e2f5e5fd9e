import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryWorkspace, writeEvents } from '../engine/testing/temporary-workspace';
import { buildCommandLine, childrenOf, isRunning, run, start } from './testing/command-line';
import { terminalText } from './output/terminal-text';

beforeAll(buildCommandLine);

const isWindows = process.platform === 'win32';

/** Overflows DuckDB's stack. */
const crash = "SELECT json_structure(repeat('[',300000)||repeat(']',300000)) AS x";
/** An internal error after which DuckDB refuses all further work. */
const fatal = `SELECT date_sub('era', TIMESTAMPTZ '2000-01-01 00:00:00+00' + to_days(i::INT),
  TIMESTAMPTZ '2020-01-01 00:00:00+00') AS x FROM range(3) t(i)`;
/** One native call that takes minutes and that DuckDB can't interrupt. */
const unstoppable = "SELECT levenshtein(repeat('a',200000),repeat('b',200000)) AS x";

async function refreshed(): Promise<string> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  expect((await run(['refresh'], workspace.folder)).code).toBe(0);
  return workspace.folder;
}

async function addModel(folder: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, 'models'), { recursive: true });
  await writeFile(
    path.join(folder, 'models', `${name}.sql`),
    `-- name: ${name}\n-- layer: gold\n-- kind: table\n-- grain: one row\n-- depends on: silver_events\n-- columns:\n--   x: a number\n-- summary: A test.\n${sql};\n`,
  );
}

describe.skipIf(isWindows)('a query', () => {
  it('that crashes DuckDB ends in a sentence that has the statement, and with code 1', async () => {
    const folder = await refreshed();
    const { code, stdout, stderr } = await run(['query', crash], folder);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^micro-warehouse: DuckDB crashed \(SIG\w+\)\. Statement: SELECT json_structure/);
    const asJson = await run(['query', '--json', crash], folder);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { code: 'WORKER_CRASHED' } });
  });

  it('that makes DuckDB fail is told in words, without a stack', async () => {
    const { code, stderr } = await run(['query', fatal], await refreshed());
    expect(code).toBe(1);
    expect(stderr).toBe(
      'micro-warehouse: DuckDB failed with an internal error in this statement: Unable to subtract ICU calendar part.\n' +
        'This is a bug in DuckDB; your SQL may be correct. Try writing the statement another way.\n',
    );
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('that DuckDB does not stop is ended 2 s after %s, with code %i', async (signal, expected) => {
    const { child, ended } = start(['query', unstoppable], await refreshed());
    let children: number[] = [];
    while (children.length === 0) children = await childrenOf(child.pid ?? 0);
    // The call is running once the process has used more CPU time than its start takes.
    await sleep(2_000);
    const asked = performance.now();
    child.kill(signal);
    const { code, stderr } = await ended;
    expect(code).toBe(expected);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(stderr).toContain("didn't stop in time");
    expect(children.filter(isRunning)).toEqual([]);
  });
});

describe.skipIf(isWindows)('a refresh', () => {
  it.each([
    ['crashes', crash, /models\/gold_bad\.sql stopped DuckDB and was left out: DuckDB crashed \(SIG\w+\)\./],
    [
      'makes DuckDB fail',
      fatal,
      /models\/gold_bad\.sql stopped DuckDB and was left out: DuckDB failed with an internal error/,
    ],
  ])('leaves a model out that %s, names it, and succeeds', async (_, sql, named) => {
    const folder = await refreshed();
    await addModel(folder, 'gold_bad', `${sql} FROM silver_events`.replace(/FROM range.* FROM/, 'FROM range(3) t(i),'));
    await addModel(folder, 'gold_good', 'SELECT 7 AS x');
    for (const attempt of ['first', 'second']) {
      const { code, stdout, stderr } = await run(['refresh', '--json'], folder);
      expect(code, `${attempt}: ${stderr}`).toBe(0);
      const entry: unknown = JSON.parse(stdout);
      expect(entry).toMatchObject({ status: 'succeeded', notices: [expect.stringMatching(named)] });
    }
    expect((await run(['query', 'FROM gold_good'], folder)).stdout).toContain('7');
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('text for a terminal', () => {
  it('has no control characters but tab and newline, and no marks of direction', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
    expect(
      terminalText(all).match(
        /[^\P{C}\t\n\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200d\u2060-\u206f\p{Cn}]/gu,
      ),
    ).toBeNull();
    expect(terminalText('a\tb\n')).toBe('a\tb\n');
    expect(terminalText('\u001b]0;x\u0007\u009b2J\u202e\r')).toBe(String.raw`\u001b]0;x\u0007\u009b2J\u202e\u000d`);
  });

  it('stays the same document as JSON', () => {
    const value = { 'a\u009b': '\u001b[2J\u202e\u007f "quoted" \\ \n' };
    expect(JSON.parse(terminalText(JSON.stringify(value)))).toEqual(value);
  });

  it.skipIf(isWindows)('is all that a query prints, whatever stands in the data, its names and the error', async () => {
    const folder = await refreshed();
    const bad = '\u001b[31m\u009b2J\u202e';
    for (const args of [
      [`SELECT '${bad}' AS "${bad}"`],
      ['--json', `SELECT '${bad}' AS "${bad}"`],
      [`SELECT nothing AS "${bad}"`],
      [`SELECT error('${bad}')`],
      [`--${bad}`],
      ['-w', `/nowhere/${bad}`, 'SELECT 1'],
    ]) {
      const { stdout, stderr } = await run(['query', ...args], folder);
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
      if (args[0] === '--json') expect(JSON.parse(stdout)).toMatchObject({ rows: [{ [bad]: bad }] });
    }
  });
});
