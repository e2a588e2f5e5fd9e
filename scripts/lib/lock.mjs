import { rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { errorCode, say } from './failure.mjs';
import { inProject } from './paths.mjs';

const HEARTBEAT_MS = 1_000;

/** A holder that hasn't touched its lock for this long is dead: killed, or its machine was switched off. */
const STALE_MS = 5_000;

/**
 * Runs work that two commands must not do at the same time, such as filling node_modules. The lock is a file that its
 * holder keeps touching; process ids aren't enough, since a restarted container soon reuses them.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withLock(name, work, folder = inProject('.cache')) {
  const file = path.join(folder, `${name}.lock`);
  await fs.mkdir(folder, { recursive: true });
  await acquire(file, name);
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch(() => {}); // somebody cleaned up the folder: no reason to stop
  }, HEARTBEAT_MS);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} file
 * @param {string} name
 */
async function acquire(file, name) {
  for (let told = false; ; told = true) {
    try {
      await fs.writeFile(file, '', { flag: 'wx' });
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (await isStale(file)) {
      await fs.rm(file, { force: true });
      continue;
    }
    if (!told) say(`Another command is at work on this (${name}): waiting for it ...`);
    await sleep(200);
  }
}

/** @param {string} file */
async function isStale(file) {
  try {
    return Date.now() - (await fs.stat(file)).mtimeMs > STALE_MS;
  } catch {
    return false; // released this moment
  }
}
