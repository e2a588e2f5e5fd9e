import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../error-code';
import { identityOf, isAlive, processIdentitySchema } from './process-identity';

/*
 * A generator process ends when its coordinator does, but some milliseconds later, and DuckDB makes the folders that it
 * writes to: what recovery removes meanwhile would be there again. So each generator leaves its name in the staging of
 * its run before it writes anything else, and recovery waits for those that are named.
 */

const pollMs = 10;
const patienceMs = 5_000;

/** Leaves this process's name. Fails where the run's staging is gone: nobody wants the files then. */
export async function announceGenerator(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await writeFile(path.join(folder, `${process.pid}.json`), JSON.stringify(await identityOf(process.pid)));
}

/**
 * Resolves once the generators that are named in a folder have ended. It does not wait for ever: where a process can't be
 * told from another one that has got its pid since, that one may live long.
 */
export async function generatorsEnded(folder: string): Promise<void> {
  const until = performance.now() + patienceMs;
  for (const name of await readdir(folder).catch(() => [])) {
    const generator = processIdentitySchema.safeParse(await readJson(path.join(folder, name))).data;
    // In tests a generator is no process of its own.
    if (!generator || generator.host !== os.hostname() || generator.pid === process.pid) continue;
    while (performance.now() < until && (await isAlive(generator))) await sleep(pollMs);
  }
}

/** Undefined for a name that was being written when its process was killed: that process is gone. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
