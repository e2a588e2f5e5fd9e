import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { onTestFinished } from 'vitest';

/** Why a test that needs one is skipped. */
export const noMount = 'mounting a disk needs root';

/** Mounts a disk of its own in a folder until the test ends; needs root on Linux, and says so where it can't. */
export async function smallDisk(folder: string, options: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return true;
}
