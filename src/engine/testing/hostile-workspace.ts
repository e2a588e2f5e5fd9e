import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { makeHostileWorkspace, type HostileWorkspace } from './hostile-folder';

export type { HostileWorkspace };

/** One that is removed after the test. */
export async function hostileWorkspace(): Promise<HostileWorkspace> {
  const hostile = await makeHostileWorkspace();
  onTestFinished(() => rm(hostile.home, { recursive: true, force: true }));
  return hostile;
}
