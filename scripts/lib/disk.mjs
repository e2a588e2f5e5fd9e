import fs from 'node:fs/promises';

import { Failure } from './failure.mjs';

const MEGABYTE = 1024 * 1024;

/**
 * Checks the free space before work starts: on a full disk npm leaves torn files behind and reports success.
 *
 * @param {string} folder
 * @param {number} megabytes
 */
export async function requireFreeSpace(folder, megabytes) {
  const { bavail, bsize } = await fs.statfs(folder);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free >= megabytes) return;
  throw new Failure(
    `The disk that holds ${folder} is nearly full: ${megabytes} MB are needed, ${free} MB are free.\n` +
      'Free some space, then run the same command again.',
  );
}
