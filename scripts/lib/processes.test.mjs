import process from 'node:process';

import { expect, test } from 'vitest';

import { lastLines, npmComplaint, runQuietly } from './processes.mjs';

const node = (/** @type {string} */ code) => runQuietly(process.execPath, ['-e', code]);

test('returns the exit code and the output', async () => {
  const outcome = await node('console.log("out"); console.error("err"); process.exitCode = 3');
  expect(outcome.code).toBe(3);
  expect(outcome.stdout).toBe('out\n');
  expect(outcome.output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
});

test.skipIf(process.platform === 'win32')('counts a death by signal as shells do', async () => {
  expect((await node('process.kill(process.pid, "SIGTERM")')).code).toBe(143);
});

test('a program that is not there is reported by its name', async () => {
  await expect(runQuietly('no-such-program', [])).rejects.toThrow('"no-such-program" was not found');
});

test('a program can be stopped', async () => {
  const stop = new AbortController();
  const running = runQuietly(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { signal: stop.signal });
  stop.abort();
  expect((await running).code).not.toBe(0);
});

test('quotes what npm complains of first, without its log file', () => {
  const output = 'added\nnpm error code ENOTFOUND\nnpm error\nnpm error no network\nnpm error A complete log of x\n';
  expect(npmComplaint(output)).toBe('code ENOTFOUND\nno network');
  expect(npmComplaint('something else\n')).toBe('something else');
});

test('quotes the end of an output', () => {
  expect(lastLines('a\n\nb\nc\n', 2)).toBe('b\nc');
});
