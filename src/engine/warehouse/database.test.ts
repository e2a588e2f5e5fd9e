import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkspace } from '../workspace';
import { Database } from './database';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'database-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes the file for who needs it, while another only looks whether there is one', async () => {
  const database = await Database.open(await openWorkspace(folder));
  const attempts = await Promise.all([database.attach({ create: false }), database.attach({ create: true })]);
  expect(attempts).toEqual([false, true]);
  expect(database.isAttached).toBe(true);
  database.close();
});
