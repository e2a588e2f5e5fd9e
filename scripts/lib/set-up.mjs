import process from 'node:process';

import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { Failure } from './failure.mjs';
import { displayNeeds, ensureSystemPackages, windowNeeds } from './system-packages.mjs';

/**
 * Installs what is missing, from nothing if need be; costs milliseconds when nothing is.
 *
 * @param {object} [wanted] beyond npm's packages, which are all that the command line needs
 * @param {boolean} [wanted.window] what a window needs, provided that one can be shown
 * @param {boolean} [wanted.runtime] Electron alone, to pack with
 * @param {boolean} [wanted.display] a screen of one's own where there is none, so that one can: for tests
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
