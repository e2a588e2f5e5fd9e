import { readFileSync } from 'node:fs';
import path from 'node:path';

import { requireFreeSpace } from './disk.mjs';
import { Failure, say } from './failure.mjs';
import { withLock } from './lock.mjs';
import { projectRoot } from './paths.mjs';
import { npmComplaint, runNpm } from './processes.mjs';

/** Size of node_modules, with a margin. */
const NEEDED_MB = 600;

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} Packages */

/** Runs `npm ci` if node_modules doesn't match the lockfile; takes milliseconds if it does. */
export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  await withLock('set-up', async () => {
    if (dependenciesAreCurrent()) return;
    await requireFreeSpace(projectRoot, NEEDED_MB);
    say('Installing the dependencies (npm ci) ...');
    let result = await install();
    // An npm that outlived a killed set-up was still working there; it has ended by now.
    if (result.code !== 0 && /ENOTEMPTY|EEXIST|ENOENT/.test(result.output)) result = await install();
    if (result.code !== 0 || !dependenciesAreCurrent()) {
      throw new Failure(
        `The dependencies could not be installed; "npm ci" says:\n` +
          `${result.code === 0 ? 'nothing, yet node_modules is not complete' : npmComplaint(result.output)}\n` +
          'Put that right (network, disk space, rights on the folder), then run the same command again.',
      );
    }
  });
}

/**
 * Compares the lockfile with the record that npm writes into node_modules at the end of an installation. A killed
 * installation therefore doesn't count, and one by the user with npm does.
 *
 * @param {string} [root]
 */
export function dependenciesAreCurrent(root = projectRoot) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new Failure('package-lock.json is missing or damaged: restore it from the repository.');
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  return installed !== undefined && satisfies(installed, wanted);
}

/**
 * @param {Packages} installed
 * @param {Packages} wanted
 */
export function satisfies(installed, wanted) {
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true; // the project itself
    const found = installed[place];
    // Optional packages for other systems are left out.
    if (found === undefined) return Boolean(entry.optional ?? entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Packages | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  // Development packages are requested because they contain the build; NODE_ENV=production would leave them out.
  return runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: projectRoot });
}
