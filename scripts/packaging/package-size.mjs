import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** The parts of the packaged app that are ours; all else is Electron. */
const ownParts = ['app.asar', 'app.asar.unpacked', 'resources'];

/** The app without Electron must stay below this, compressed. */
export const maxOwnBytes = 45_000_000;

/**
 * Download size of the app without Electron: each file compressed with gzip's defaults.
 *
 * @param {string} resourcesFolder of the packaged app
 * @returns {Promise<number>} bytes
 */
export async function ownCompressedBytes(resourcesFolder) {
  const files = await Promise.all(ownParts.map((part) => listFiles(path.join(resourcesFolder, part))));
  const sizes = await Promise.all(files.flat().map(compressedBytes));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} file */
async function compressedBytes(file) {
  let bytes = 0;
  await pipeline(createReadStream(file), createGzip(), async (chunks) => {
    for await (const chunk of chunks) bytes += chunk.length;
  });
  return bytes;
}

/**
 * @param {string} root a folder or a file
 * @returns {Promise<string[]>}
 */
async function listFiles(root) {
  if (!(await fs.stat(root)).isDirectory()) return [root];
  const entries = await fs.readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
