import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { appendRun, readRunLog, suggestSeed } from './run-log';
import { logEntryOf } from '../testing/generation';

async function withEvents(): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  await mkdir(path.join(workspace.eventsFolder, 'date=2024-01-01'), { recursive: true });
  return workspace;
}

describe('the run log', () => {
  it('is empty where there is none', async () => {
    expect(await readRunLog(await temporaryWorkspace())).toEqual([]);
  });

  it('keeps runs, newest first, each once', async () => {
    const workspace = await temporaryWorkspace();
    for (const runId of ['a', 'b', 'a', 'c']) await appendRun(workspace, logEntryOf(runId));
    expect((await readRunLog(workspace)).map(({ runId }) => runId)).toEqual(['c', 'b', 'a']);
  });

  it('goes on after a line that was torn', async () => {
    const workspace = await temporaryWorkspace();
    await appendRun(workspace, logEntryOf('a'));
    await appendFile(workspace.runLog, '{"runId":"torn","star');
    await appendRun(workspace, logEntryOf('b'));
    expect((await readRunLog(workspace)).map(({ runId }) => runId)).toEqual(['b', 'a']);
  });
});

describe('suggestSeed', () => {
  it('is 42 first, and where the data was removed by hand', async () => {
    const workspace = await temporaryWorkspace();
    expect(await suggestSeed(workspace)).toBe(42);
    await appendRun(workspace, logEntryOf('a'));
    expect(await suggestSeed(workspace)).toBe(42);
  });

  it('is the next one that no run in the data has used', async () => {
    const workspace = await withEvents();
    await appendRun(workspace, logEntryOf('a', { seed: 42 }));
    await appendRun(workspace, logEntryOf('b', { seed: 44 }));
    await appendRun(workspace, { ...logEntryOf('c', { seed: 43 }), status: 'failed' });
    expect(await suggestSeed(workspace)).toBe(43);
    await appendRun(workspace, logEntryOf('d', { seed: 43 }));
    expect(await suggestSeed(workspace)).toBe(45);
  });

  it('forgets what was replaced', async () => {
    const workspace = await withEvents();
    await appendRun(workspace, logEntryOf('a', { seed: 42 }));
    await appendRun(workspace, logEntryOf('b', { seed: 50, mode: 'replace' }));
    expect(await suggestSeed(workspace)).toBe(42);
  });

  it('does without a readable log', async () => {
    const workspace = await withEvents();
    await writeFile(workspace.runLog, 'not a log');
    expect(await suggestSeed(workspace)).toBe(42);
  });
});
