import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runtimeIsInstalled } from './electron-runtime.mjs';
import { fallback } from './fallback-runtime.mjs';
import { installOfficialRuntime, summarize } from './official-runtime.mjs';

let folder = '';
const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(path.join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'runtime-'));
  write('package.json', '{ "version": "45.4.1" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a runtime', () => {
  beforeEach(() => {
    mkdirSync(path.join(folder, 'dist'));
    write('dist/electron', '');
    write('dist/version', '45.4.1');
    write('path.txt', 'electron');
  });

  test('is there when it is whole and of the right version, or the stand-in', () => {
    expect(runtimeIsInstalled(folder)).toBe(true);
    write('dist/version', fallback.electronVersion);
    expect(runtimeIsInstalled(folder)).toBe(true);
  });

  test('of another version counts as none', () => {
    write('dist/version', '44.0.0');
    expect(runtimeIsInstalled(folder)).toBe(false);
  });

  test.each(['path.txt', 'dist/version', 'dist/electron'])('without %s counts as none', (name) => {
    rmSync(path.join(folder, name));
    expect(runtimeIsInstalled(folder)).toBe(false);
  });
});

describe('the official installer', () => {
  test('that succeeds', async () => {
    write('install.js', 'process.exit(0)');
    expect(await installOfficialRuntime(folder)).toBeUndefined();
  });

  test('that hangs is given up', async () => {
    write('install.js', 'setInterval(() => {}, 1000)');
    expect(await installOfficialRuntime(folder, 300)).toBe('nothing arrived for 0.3 seconds');
  });

  test('that is slow but moves may take its time', async () => {
    const download = "require('node:path').join(require('node:os').tmpdir(), 'download')";
    write(
      'install.js',
      `const timer = setInterval(() => require('node:fs').appendFileSync(${download}, 'x'), 50);
       setTimeout(() => clearInterval(timer), 2500);`,
    );
    expect(await installOfficialRuntime(folder, 1200)).toBeUndefined();
  });

  test.each([
    ['TypeError: fetch failed\n    at node:internal', 'its server cannot be reached'],
    ['HTTPError: Response code 404 (Not Found) for x\n    at y', 'Response code 404 (Not Found) for x'],
    ['Error [X]: Generated checksum did not match.\n', 'Generated checksum did not match'],
    ['', 'its installer failed'],
  ])('that fails is quoted in a few words: %j', (output, expected) => {
    expect(summarize(output)).toBe(expected);
  });
});
