import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { withLock } from './lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('two pieces of work with one name come one after the other', async () => {
  /** @type {string[]} */
  const events = [];
  const work = (/** @type {string} */ name) => async () => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    events.push(`${name} ends`);
    return name;
  };
  const first = withLock('work', work('first'), folder);
  const second = withLock('work', work('second'), folder);
  expect((await Promise.all([first, second])).toSorted()).toEqual(['first', 'second']);
  expect(events[1]).toBe(events[0]?.replace('begins', 'ends'));
});

test('a lock is given back when the work fails', async () => {
  await expect(withLock('work', () => Promise.reject(new Error('no')), folder)).rejects.toThrow('no');
  expect(existsSync(path.join(folder, 'work.lock'))).toBe(false);
});

test('the lock of a holder that died is taken over', async () => {
  const file = path.join(folder, 'work.lock');
  writeFileSync(file, '');
  const aMinuteAgo = Date.now() / 1000 - 60;
  utimesSync(file, aMinuteAgo, aMinuteAgo);
  expect(await withLock('work', async () => 'done', folder)).toBe('done');
});
