import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../fs/errno';
import { readJson } from '../fs/read-json';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { identityOf, isAlive, processIdentitySchema, type ProcessIdentity } from '../fs/process-identity';

/*
 * A generator process ends some milliseconds after its coordinator, and DuckDB creates the folders that it writes to,
 * so a folder that recovery removes meanwhile could come back. Therefore each generator process writes a pid file into
 * the staging folder of its run before anything else, and recovery waits for those processes.
 */

const pollMs = 10;
const patienceMs = 5_000;
/** Most pid files that are read; a run has one per worker. */
const mostNames = 1_000;
const maxNameBytes = 1_024;

/**
 * When to stop waiting for generator processes: one deadline for everything a job waits for, however many pid files
 * there are.
 */
export function patience(): number {
  return performance.now() + patienceMs;
}

/** Records this process in the run's staging folder. Fails if that is gone: nobody needs the files then. */
export async function writePidFile(files: WorkspaceFiles, folder: string): Promise<void> {
  await files.makeNewFolder(folder).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await files.replace(path.join(folder, `${process.pid}.json`), JSON.stringify(await identityOf(process.pid)));
}

/**
 * Resolves once the generator processes with a pid file in a folder have ended, or at `until`: a process can't always
 * be told from a later one with the same pid.
 * @param until see {@link patience}
 */
export async function generatorsEnded(files: WorkspaceFiles, folder: string, until: number): Promise<void> {
  const listing = await files.list(folder, mostNames);
  for (const { name } of listing?.entries ?? []) {
    if (performance.now() >= until) return;
    const read = await readJson(files, path.join(folder, name), maxNameBytes, processIdentitySchema);
    if (read.status !== 'read' || !isOurs(read.value)) continue;
    while (performance.now() < until && (await isAlive(read.value))) await sleep(pollMs);
  }
}

/** In tests a generator runs in this process. On Linux a pid file always has the start time. */
function isOurs({ pid, host, start }: ProcessIdentity): boolean {
  return host === os.hostname() && pid !== process.pid && (start !== null || process.platform !== 'linux');
}
