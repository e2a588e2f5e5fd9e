import process from 'node:process';

import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { Failure } from './failure.mjs';
import { displayNeeds, ensureSystemPackages, windowNeeds } from './system-packages.mjs';

/** @typedef {'start' | 'test' | 'cli'} Purpose */

/** @type {Purpose[]} */
export const purposes = ['start', 'test', 'cli'];

/**
 * Installs what is missing for a purpose, from nothing if need be; costs milliseconds when nothing is.
 *
 * @param {Purpose} purpose the command line needs npm's packages alone; a start needs a window where one can be shown;
 *   tests need a window in any case, and bring their own screen where there is none
 */
export async function setUp(purpose) {
  requireNode(process.versions.node);
  await ensureDependencies();
  if (purpose === 'cli' || (purpose === 'start' && !hasDisplay())) return;
  await ensureElectronRuntime();
  await ensureSystemPackages(hasDisplay() ? windowNeeds : [...windowNeeds, ...displayNeeds]);
}

/** @param {string} version */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(`Node ${version} is too old: install Node 20.19 or newer, then run the same command again.`);
}
