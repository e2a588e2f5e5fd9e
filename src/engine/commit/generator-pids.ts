import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../fs/errno';
import { readJson } from '../fs/read-json';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { identityOf, isAlive, processIdentitySchema, type ProcessIdentity } from '../fs/process-identity';

/*
 * A generator process ends when its coordinator does, but some milliseconds later, and DuckDB makes the folders that it
 * writes to: what recovery removes meanwhile would be there again. So each generator leaves its name in the staging of
 * its run before it writes anything else, and recovery waits for those that are named.
 */

const pollMs = 10;
const patienceMs = 5_000;
/** Each of a run's workers leaves one. */
const mostNames = 1_000;
const maxNameBytes = 1_024;

/** When to stop waiting for generators: one moment for all that a job waits for, however many are said to live. */
export function patience(): number {
  return performance.now() + patienceMs;
}

/** Leaves this process's name. Fails where the run's staging is gone: nobody wants the files then. */
export async function writePidFile(files: WorkspaceFiles, folder: string): Promise<void> {
  await files.makeNewFolder(folder).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await files.replace(path.join(folder, `${process.pid}.json`), JSON.stringify(await identityOf(process.pid)));
}

/**
 * Resolves once the generators that are named in a folder have ended. It does not wait for ever: where a process can't be
 * told from another one that has got its pid since, that one may live long.
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

/** In tests a generator is no process of its own; on Linux one always says when it began. */
function isOurs({ pid, host, start }: ProcessIdentity): boolean {
  return host === os.hostname() && pid !== process.pid && (start !== null || process.platform !== 'linux');
}
