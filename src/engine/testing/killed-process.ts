import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Bundles a program of a folder with test helpers for plain Node, to run it in a process that can be killed. */
export async function bundledProgram(name: string, folderOf = 'src/engine/testing'): Promise<string> {
  // Inside the project, where it finds DuckDB; builds write to `out`.
  await mkdir(path.resolve('out'), { recursive: true });
  const folder = await mkdtemp(path.resolve('out', 'kill-test-'));
  // Some programs continue as another user.
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const vite = path.resolve('node_modules/vite/bin/vite.js');
  const entry = `${folderOf}/${name}.ts`;
  execFileSync(process.execPath, [vite, 'build', '--ssr', entry, '--outDir', folder, '--logLevel', 'error', '--emptyOutDir']); // prettier-ignore
  return path.join(folder, readdirSync(folder).find((file) => file.startsWith(name)) ?? '');
}

/**
 * Starts a program and kills it some time after its first output.
 * @param afterMs gets the output
 */
export async function killWhileRunning(
  program: string,
  args: readonly string[],
  afterMs: (said: string) => number,
): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString()));
    child.once('exit', () => reject(new Error(`${program} has ended by itself.`)));
  });
  await sleep(afterMs(said));
  child.kill('SIGKILL');
  await exited;
}
