import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import { z } from 'zod';
import { processesOf, spawnPackaged, type PackagedOptions } from './packaged-app';

const packageSchema = z.object({
  folder: z.string(),
  executable: z.string(),
  resources: z.string(),
  compressedBytes: z.number(),
  maxCompressedBytes: z.number(),
  testBuild: z.object({ folder: z.string(), executable: z.string(), resources: z.string() }),
});

export const isLinux = process.platform === 'linux';

/** The results of `npm run package`, from a process, since Playwright can't load the scripts' modules. */
export const packaged = packageSchema.parse(
  JSON.parse(execFileSync(process.execPath, ['scripts/packaging/describe-package.mjs'], { encoding: 'utf8' })),
);

/** A folder far from the project, for the current folder, the settings and the workspace. */
export const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-packaged-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** Chromium's helpers may take a moment longer than the app itself. */
export async function expectNoProcess(folder: string): Promise<void> {
  await expect.poll(() => processesOf(folder), { message: 'no process is left behind' }).toEqual([]);
}

/** Runs the shipped app, which can't be driven, until its log shows that it is ready, and ends it. */
export async function startAndQuit(options: PackagedOptions): Promise<{ code: number | null; log: string }> {
  const child = spawnPackaged(options);
  child.stderr.resume();
  const readLog = () => readFile(path.join(options.folder, 'user-data/logs/main.log'), 'utf8').catch(() => '');
  try {
    await expect.poll(readLog, { timeout: 60_000 }).toMatch(/Window: drawn\.[^]*|Window: empty/);
    await expect.poll(readLog).toContain('warehouse process: ready');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await exit;
    const log = await readLog();
    expect(log).toContain('Window: drawn.');
    return { code: z.number().nullable().parse(code), log };
  } finally {
    child.kill('SIGKILL');
  }
}
