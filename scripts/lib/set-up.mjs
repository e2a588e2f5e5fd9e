import process from 'node:process';

import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { Failure } from './failure.mjs';
import { displayNeeds, ensureSystemPackages, windowNeeds } from './system-packages.mjs';

/**
 * Installs missing parts, from nothing if necessary; takes milliseconds if nothing is missing.
 *
 * @param {object} [wanted] parts beyond npm's packages, which are enough for the command line
 * @param {boolean} [wanted.window] everything for a window, if one can be shown
 * @param {boolean} [wanted.runtime] Electron alone, to pack with
 * @param {boolean} [wanted.display] a virtual screen if there is none, for tests
 */
export async function setUp({ window = false, runtime = false, display = false } = {}) {
  requireNode(process.versions.node);
  await ensureDependencies();
  if (runtime) await ensureElectronRuntime();
  if (!window || !(display || hasDisplay())) return;
  await ensureElectronRuntime();
  await ensureSystemPackages(hasDisplay() ? windowNeeds : [...windowNeeds, ...displayNeeds]);
}

/** @param {string} version */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(`Node ${version} is too old: install Node 20.19 or newer, then run the same command again.`);
}
