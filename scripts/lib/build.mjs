import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { errorCode, Failure, say } from './failure.mjs';
import { writeLicences } from '../packaging/licences.mjs';
import { withLock } from './lock.mjs';
import { inProject, projectRoot } from './paths.mjs';
import { runQuietly } from './processes.mjs';

/** All inputs of the build. */
const inputs = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'scripts/packaging/licences.mjs',
  'package.json',
  'package-lock.json',
];

/** Files that other scripts start. */
const products = ['out/main/index.js', 'out/main/cli.js', 'out/renderer/index.html'];

const stampFile = inProject('out', '.built-from');

/** Builds unless the last build has the same sources. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await withLock('build', async () => {
    if (!isBuilt()) await build();
  });
}

/** Builds in any case. */
export async function build() {
  say('Building ...');
  const stamp = fingerprint(projectRoot, inputs);
  // Removed until the build is complete, so that a killed or failed one doesn't count.
  await fs.rm(stampFile, { force: true });
  const tool = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await runQuietly(process.execPath, [tool, 'build'], { cwd: projectRoot });
  const missing = products.filter((name) => !existsSync(inProject(name)));
  if (code !== 0) throw new Failure(`${output.trim()}\n\nThe build failed, for the reason above.`);
  if (missing.length > 0) throw new Failure(`${output.trim()}\n\nThe build did not make ${missing.join(', ')}.`);
  await writeLicences();
  await fs.writeFile(stampFile, stamp);
}

function isBuilt() {
  return (
    products.every((name) => existsSync(inProject(name))) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === fingerprint(projectRoot, inputs)
  );
}

/**
 * A hash of names and contents. Not of times, which a checkout or a copy changes.
 *
 * @param {string} root
 * @param {string[]} entries files and folders below it
 */
export function fingerprint(root, entries) {
  const hash = createHash('sha256');
  for (const name of entries.flatMap((entry) => listFiles(root, entry))) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {string[]} the files at or below the entry, sorted, without tests: they are not built
 */
function listFiles(root, entry) {
  let names;
  try {
    names = readdirSync(path.join(root, entry), { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return [entry];
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return names
    .map((item) => (item.isDirectory() ? `${item.name}/` : item.name))
    .toSorted()
    .filter((name) => !/\.test\.[a-z]+$/.test(name))
    .flatMap((name) => (name.endsWith('/') ? listFiles(root, `${entry}/${name.slice(0, -1)}`) : [`${entry}/${name}`]));
}
