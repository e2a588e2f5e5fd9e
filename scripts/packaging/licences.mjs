import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';

/** Modules shipped beside the bundle: DuckDB's binding and its dependency. */
const shippedModules = ['@duckdb/node-bindings', 'detect-libc'];

/** Folder with the packages of each part of the build. */
const notesFolder = inProject('out', 'packages');

/**
 * A Vite plugin that records the npm packages that a bundle really contains.
 *
 * @param {string} part of the build
 * @returns {import('vite').Plugin}
 */
export function notePackages(part) {
  let root = '';
  return {
    name: 'note-packages',
    apply: 'build',
    configResolved: (config) => void (root = config.root),
    async generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        // For a font or picture, the path from the root.
        file.type === 'chunk' ? file.moduleIds : file.originalFileNames.map((name) => path.resolve(root, name)),
      );
      const packages = [...new Set(modules.flatMap((id) => packageOf(id) ?? []))].toSorted();
      await fs.mkdir(notesFolder, { recursive: true });
      await fs.writeFile(path.join(notesFolder, `${part}.json`), JSON.stringify(packages));
    },
  };
}

/**
 * @param {string} id of a module: its path, perhaps with a prefix of Rollup and a query
 * @returns {string | undefined} the folder of its package, the innermost where packages are nested
 */
export function packageOf(id) {
  const file = id.replaceAll('\\', '/').replace(/^\0/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/?]+)\//.exec(file)?.[1];
}

/** Writes the licences of everything that the build bundles or ships into out/licences.txt. */
export async function writeLicences() {
  const noted = readdirSync(notesFolder).flatMap((name) =>
    JSON.parse(readFileSync(path.join(notesFolder, name), 'utf8')),
  );
  const folders = [...noted, ...shippedModules.map((name) => inProject('node_modules', name))];
  const licences = new Map(folders.map(readLicence).map((licence) => [licence.title, licence]));
  const sections = [...licences.values()]
    .toSorted((a, b) => a.title.localeCompare(b.title))
    .map(({ title, text }) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text}\n`);
  const intro =
    'Micro Warehouse is made of the packages below, each under its own licence. Electron and Chromium, which it\n' +
    'runs on, bring theirs along: LICENSE.electron.txt and LICENSES.chromium.html in the folder of the program.\n';
  await fs.writeFile(inProject('out', 'licences.txt'), [intro, ...sections].join('\n'));
}

/**
 * @param {string} folder of a package
 * @returns {{ title: string, text: string }}
 */
export function readLicence(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) throw new Failure(`${file} is missing, so the licence of that package can't be told.`);
  const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'));
  if (!license) throw new Failure(`The package ${name} names no licence: it can't be shipped.`);
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|notice|copying)/i.test(entry))
    .toSorted()
    .map((entry) => readFileSync(path.join(folder, entry), 'utf8').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') || `Licence: ${license}` };
}
