import { readdirSync, statSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { runQuietly } from './processes.mjs';

/** A download without data for this long is given up; a slow one may continue. */
const STALL_MS = 30_000;

/**
 * Runs the installer that comes with the npm package `electron`.
 *
 * @param {string} folder of that package
 * @param {number} [stallMs]
 * @returns {Promise<string | undefined>} why it failed; undefined if it didn't
 */
export async function installOfficialRuntime(folder, stallMs = STALL_MS) {
  // The installer downloads into the temporary folder; a separate one shows whether data arrives.
  const temporary = await fs.mkdtemp(path.join(folder, '.set-up-'));
  const abort = new AbortController();
  const watch = watchForStall([temporary, path.join(folder, 'dist')], stallMs, () => abort.abort());
  try {
    const { code, output } = await runQuietly(process.execPath, [path.join(folder, 'install.js')], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
      signal: abort.signal,
    });
    if (abort.signal.aborted) return `nothing arrived for ${stallMs / 1000} seconds`;
    return code === 0 ? undefined : summarize(output);
  } finally {
    clearInterval(watch);
    await fs.rm(temporary, { recursive: true, force: true });
  }
}

/**
 * The main message of the installer's stack trace.
 *
 * @param {string} output
 */
export function summarize(output) {
  const line = output.split('\n').find((text) => /^\w*Error\b/.test(text)) ?? output.split('\n')[0] ?? '';
  const message = line.replace(/^\w*Error(:| \[\w+\]:)?\s*/, '').replace(/\.?\s*$/, '');
  return message === 'fetch failed' ? 'its server cannot be reached' : message || 'its installer failed';
}

/**
 * @param {string[]} folders
 * @param {number} stallMs
 * @param {() => void} onStall
 */
function watchForStall(folders, stallMs, onStall) {
  let size = -1;
  let lastChange = Date.now();
  return setInterval(
    () => {
      const now = folders.reduce((sum, folder) => sum + sizeOf(folder), 0);
      if (now !== size) lastChange = Date.now();
      else if (Date.now() - lastChange > stallMs) onStall();
      size = now;
    },
    Math.min(1_000, stallMs / 2),
  );
}

/** @param {string} folder */
function sizeOf(folder) {
  let size = 0;
  try {
    for (const name of readdirSync(folder, { recursive: true })) size += statSync(path.join(folder, String(name))).size;
  } catch {
    // not there yet, or changing under our eyes: what was counted so far will do
  }
  return size;
}
