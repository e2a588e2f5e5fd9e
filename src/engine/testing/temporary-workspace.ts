import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { workspaceAt, type Workspace } from '../workspace';

export { writeEvents, type HandMadeEvent } from './write-events';

/** The models that ship with the app. */
export const modelsFolder = path.resolve('resources/models');

/** An empty workspace that is removed after the test. */
export async function temporaryWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return workspaceAt(folder);
}
