import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { lockWorkspace } from './lock';
import { identityOf } from '../fs/process-identity';

const fileOf = (workspace: Workspace) => path.join(workspace.folder, 'data', 'generate.lock');

async function leaveLock(workspace: Workspace, identity: object): Promise<void> {
  await mkdir(path.join(workspace.folder, 'data'), { recursive: true });
  const owner = { token: 'left', program: 'a test', process: { ...(await identityOf(process.pid)), ...identity } };
  await writeFile(fileOf(workspace), JSON.stringify(owner));
}

/** A process that lives until the test has ended. */
async function bystander(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('lockWorkspace', () => {
  it('gives the workspace to one holder at a time and leaves no file', async () => {
    const workspace = await temporaryWorkspace();
    const lock = await lockWorkspace(workspace, 'the first');
    await expect(lockWorkspace(workspace, 'the second')).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: `Another run is writing to this workspace: the first (process ${process.pid}).`,
    });
    await lock.release();
    await (await lockWorkspace(workspace, 'the second')).release();
    expect(await readdir(path.join(workspace.folder, 'data'))).toEqual([]);
  });

  it('respects a living process, and one of another machine', async () => {
    const workspace = await temporaryWorkspace();
    await leaveLock(workspace, { pid: await bystander(), start: null });
    await expect(lockWorkspace(workspace, 'x')).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
    await leaveLock(workspace, { pid: 1, host: 'elsewhere' });
    await expect(lockWorkspace(workspace, 'x')).rejects.toThrow('(process 1 on elsewhere)');
  });

  it('takes over from a process that is gone', async () => {
    const workspace = await temporaryWorkspace();
    await leaveLock(workspace, { pid: await deadPid() });
    await (await lockWorkspace(workspace, 'x')).release();
  });

  it.runIf(process.platform === 'linux')('takes over when the pid belongs to another process by now', async () => {
    const workspace = await temporaryWorkspace();
    await leaveLock(workspace, { pid: await bystander() });
    await (await lockWorkspace(workspace, 'x')).release();
  });

  it('takes over a lock that was torn when it was written', async () => {
    const workspace = await temporaryWorkspace();
    await mkdir(path.join(workspace.folder, 'data'));
    await writeFile(fileOf(workspace), '{"token":');
    await (await lockWorkspace(workspace, 'x')).release();
  });

  it('gives up where the takeover of a dead lock is held by a program that can not be asked', async () => {
    const workspace = await temporaryWorkspace();
    await leaveLock(workspace, { pid: 1, host: 'elsewhere' });
    await rename(fileOf(workspace), `${fileOf(workspace)}.takeover`);
    await leaveLock(workspace, { pid: await deadPid() });
    await expect(lockWorkspace(workspace, 'x')).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: expect.stringContaining('(process 1 on elsewhere)'),
      details: { action: expect.stringContaining('generate.lock.takeover') },
    });
  }, 30_000);

  it('lets exactly one of many take over, even where an earlier takeover was killed', async () => {
    for (let round = 0; round < 20; round += 1) {
      const workspace = await temporaryWorkspace();
      const dead = { pid: await deadPid() };
      await leaveLock(workspace, dead);
      if (round % 2) await writeFile(`${fileOf(workspace)}.takeover`, await readFile(fileOf(workspace)));
      const attempts = Array.from({ length: 12 }, (_, index) => lockWorkspace(workspace, `contender ${index}`));
      const outcomes = await Promise.allSettled(attempts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.release();
      expect(await readdir(path.join(workspace.folder, 'data'))).toEqual([]);
    }
  });
});
