import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import type { Workspace } from '../../workspace';
import { advanceRequest } from './advance';
import { repetitionOf } from './repetition';
import { generate, requestOf, type TestRun } from '../../testing/generation';

const run = { rows: 2_000, start: '2024-01-01', end: '2024-04-09', seed: 7 };

async function generated(...runs: TestRun[]): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  for (const each of runs) await generate(workspace, each);
  return workspace;
}

it.each([
  ['the run itself', {}, 'all'],
  ['the same rows, written otherwise', { compression: 'zstd', rowGroupRows: 2_048, workers: 3 }, 'all'],
  ['a part of it', { shard: { part: 2, of: 2 } }, 'all'],
  ['what takes its place', { mode: 'replace' }, 'none'],
  ['another seed', { seed: 8 }, 'none'],
  ['another profile', { profile: 'uniform' }, 'none'],
  ['more rows of its seed', { rows: 2_001 }, 'some'],
  ['other days of its seed', { start: '2025-01-01', end: '2025-04-09' }, 'some'],
] as const)('knows whether %s would be there twice', async (_, change, expected) => {
  expect(await repetitionOf(await generated(run), requestOf({ ...run, ...change }))).toBe(expected);
});

it('lets the parts of a recipe follow each other', async () => {
  const workspace = await generated({ ...run, shard: { part: 1, of: 2 } });
  expect(await repetitionOf(workspace, requestOf({ ...run, shard: { part: 2, of: 2 } }))).toBe('none');
  expect(await repetitionOf(workspace, requestOf({ ...run, shard: { part: 1, of: 2 } }))).toBe('all');
  expect(await repetitionOf(workspace, requestOf(run))).toBe('some');
});

it('lets days follow each other, and forgets days that were deleted and runs that were replaced', async () => {
  const workspace = await generated(run);
  expect(await repetitionOf(workspace, await advanceRequest(workspace, 3))).toBe('none');
  await rm(path.join(workspace.eventsFolder, 'date=2024-01-05'), { recursive: true });
  expect(await repetitionOf(workspace, requestOf(run))).toBe('some');
  await rm(workspace.eventsFolder, { recursive: true });
  expect(await repetitionOf(workspace, requestOf(run))).toBe('none');
  await generate(workspace, { ...run, seed: 8, mode: 'replace' });
  expect(await repetitionOf(workspace, requestOf(run))).toBe('none');
});
