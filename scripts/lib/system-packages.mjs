import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { Failure, say } from './failure.mjs';
import { lastLines, runQuietly } from './processes.mjs';

/**
 * @typedef {object} Need
 * @property {string} [library] a required shared library, or
 * @property {string} [command] a required program
 * @property {string[]} packages Debian packages that contain it, the newest name first
 */

/**
 * Requirements of an Electron window beyond a bare Debian; all others are dependencies of these. Chromium loads
 * libX11-xcb only at start, so no tool reports it, and it crashes with a trap if it is missing.
 *
 * @type {Need[]}
 */
export const windowNeeds = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] },
  { library: 'libX11-xcb.so.1', packages: ['libx11-xcb1'] },
];

/**
 * Requirements of a virtual screen.
 *
 * @type {Need[]}
 */
export const displayNeeds = [{ command: 'Xvfb', packages: ['xvfb'] }];

/**
 * Installs missing system packages if we are allowed to, otherwise prints the command to run.
 *
 * @param {Need[]} needs
 */
export async function ensureSystemPackages(needs) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(needs);
  if (missing.length === 0) return;
  if (!isDebianLike()) {
    throw new Failure(
      `Missing on this system: ${missing.map((need) => need.library ?? need.command).join(', ')}.\n` +
        "Install what provides them with your system's package manager, then run the same command again.",
    );
  }
  if (process.getuid?.() === 0) await install(missing);
  else await askToInstall(missing);
}

/**
 * @param {Need[]} needs
 * @param {{ libraries: () => Promise<string>, searchPath: string }} [system] where to search, for tests
 * @returns {Promise<Need[]>}
 */
export async function findMissing(needs, system = { libraries: listLibraries, searchPath: process.env.PATH ?? '' }) {
  const libraries = needs.some((need) => need.library) ? parseLibraries(await system.libraries()) : new Set();
  return needs.filter(
    (need) => !(need.library ? libraries.has(need.library) : onPath(need.command ?? '', system.searchPath)),
  );
}

/**
 * @param {string} listing output of `ldconfig -p`
 * @returns {Set<string>} the libraries' names
 */
export function parseLibraries(listing) {
  return new Set(listing.split('\n').flatMap((line) => /^\s+(\S+) \(.*\) => /.exec(line)?.[1] ?? []));
}

async function listLibraries() {
  // By its full path: /sbin is not on every user's PATH.
  const { stdout } = await runQuietly('/sbin/ldconfig', ['-p']);
  return stdout;
}

/**
 * @param {string} command
 * @param {string} searchPath
 */
function onPath(command, searchPath) {
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function isDebianLike() {
  try {
    return namesDebian(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** @param {string} osRelease the text of /etc/os-release */
export function namesDebian(osRelease) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/** @param {Need[]} missing */
async function install(missing) {
  await apt(['update']);
  const packages = await packageNames(missing);
  say(`Installing system packages: ${packages.join(' ')} ...`);
  // A killed installation would make every later one fail.
  await runQuietly('dpkg', ['--configure', '-a'], { env: aptEnvironment });
  const { code, output } = await apt(['install', '--yes', '--no-install-recommends', ...packages]);
  const still = code === 0 ? await findMissing(missing) : missing;
  if (still.length > 0) {
    throw new Failure(
      `The system packages could not be installed:\n${lastLines(output)}\n` +
        `Put that right, or install them by hand: ${aptCommand(packages)}`,
    );
  }
}

/** @param {Need[]} missing */
async function askToInstall(missing) {
  const packages = await packageNames(missing);
  throw new Failure(
    `The window needs system packages that are not installed: ${packages.join(' ')}\n` +
      `Type this, then run the same command again:\n\n  sudo apt-get update && sudo ${aptCommand(packages)}\n`,
  );
}

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** @param {string[]} args */
function apt(args) {
  // Another apt may be running, such as on a machine that was just started: wait for it.
  return runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env: aptEnvironment });
}

/** @param {string[]} packages */
function aptCommand(packages) {
  return `apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Some packages were renamed (t64) after Debian 12: takes the name that this system knows.
 *
 * @param {Need[]} needs
 */
async function packageNames(needs) {
  return Promise.all(
    needs.map(async ({ packages }) => {
      for (const name of packages) {
        const { code, stdout } = await runQuietly('apt-cache', ['show', '--quiet=2', name]);
        if (code === 0 && stdout.includes(`Package: ${name}\n`)) return name;
      }
      return packages[packages.length - 1];
    }),
  );
}
