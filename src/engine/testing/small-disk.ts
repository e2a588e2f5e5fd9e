import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { onTestFinished } from 'vitest';

/** Why a test that needs a small disk is skipped. */
export const noMount = 'mounting a disk needs root';

/**
 * Mounts a separate disk in a folder until the test ends; returns false if that isn't possible (it needs root on
 * Linux).
 */
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
