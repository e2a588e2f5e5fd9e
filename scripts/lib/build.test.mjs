import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { fingerprint } from './build.mjs';

let root = '';
const take = () => fingerprint(root, ['src', 'config.ts', 'not-there']);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fingerprint-'));
  mkdirSync(path.join(root, 'src', 'main'), { recursive: true });
  writeFileSync(path.join(root, 'src', 'main', 'index.ts'), 'one');
  writeFileSync(path.join(root, 'src', 'query.sql'), 'select 1');
  writeFileSync(path.join(root, 'config.ts'), 'two');
});
afterEach(() => rmSync(root, { recursive: true }));

test('times do not matter: a checkout or a copy changes them', () => {
  const before = take();
  utimesSync(path.join(root, 'config.ts'), 1, 1);
  expect(take()).toBe(before);
});

test.each([
  ['a changed file in a folder', () => writeFileSync(path.join(root, 'src', 'main', 'index.ts'), 'ONE')],
  ['a changed file named by itself', () => writeFileSync(path.join(root, 'config.ts'), 'TWO')],
  ['a new file', () => writeFileSync(path.join(root, 'src', 'new.ts'), '')],
  ['a removed file', () => rmSync(path.join(root, 'src', 'query.sql'))],
  ['a renamed file', () => renameSync(path.join(root, 'src', 'query.sql'), path.join(root, 'src', 'other.sql'))],
])('%s matters', (_what, change) => {
  const before = take();
  change();
  expect(take()).not.toBe(before);
});

test('tests do not matter: they are not built', () => {
  const before = take();
  writeFileSync(path.join(root, 'src', 'main', 'index.test.ts'), 'a test');
  expect(take()).toBe(before);
});
