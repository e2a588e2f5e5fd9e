import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { Failure } from './failure.mjs';
import { runQuietly } from './processes.mjs';

/**
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {number | undefined} uid
 */

/** @type {Machine} */
const thisMachine = { env: process.env, platform: process.platform, uid: process.getuid?.() };

/**
 * Electron's command line.
 *
 * @param {string} app the app's folder
 * @param {string[]} args the app's own arguments
 * @param {Machine} [machine]
 */
export function electronArguments(app, args, machine = thisMachine) {
  const flags = [];
  if (machine.platform === 'linux') {
    // Chromium refuses to start as root with its sandbox on.
    if (machine.uid === 0) flags.push('--no-sandbox');
    // Older Electron versions try only X11 unless told otherwise.
    if (!machine.env.DISPLAY && machine.env.WAYLAND_DISPLAY) flags.push('--ozone-platform=wayland');
  }
  return [...flags, app, ...args];
}

/** @param {NodeJS.ProcessEnv} [env] */
export function electronEnvironment(env = process.env) {
  // Set in the terminals of editors that are Electron apps themselves: it would make ours a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  return rest;
}

/**
 * Makes sure that Chromium can sandbox the window's process, which it requires: by a user namespace or, if the system
 * denies those to users (some containers, Ubuntu 24.04), by its helper that belongs to root. Otherwise it would abort
 * with a dump.
 *
 * @param {string} executable
 * @param {string[]} args
 */
export async function requireSandbox(executable, args) {
  if (process.platform !== 'linux' || process.getuid?.() === 0 || args.includes('--no-sandbox')) return;
  const helper = path.join(path.dirname(executable), 'chrome-sandbox');
  if (belongsToRoot(helper) || (await canMakeNamespace())) return;
  throw new Failure(
    'This system does not let the window run in a sandbox (no user namespaces for you).\n' +
      'Type this once, then run the same command again:\n\n' +
      `  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"\n`,
  );
}

/** @param {string} helper */
function belongsToRoot(helper) {
  const found = statSync(helper, { throwIfNoEntry: false });
  return found?.uid === 0 && (found.mode & 0o4755) === 0o4755;
}

async function canMakeNamespace() {
  try {
    return (await runQuietly('unshare', ['--user', '--map-root-user', 'true'])).code === 0;
  } catch {
    return true; // no such tool to find out with: Chromium will see
  }
}
