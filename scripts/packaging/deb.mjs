import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';
import { lastLines, runQuietly } from '../lib/processes.mjs';
import { windowNeeds } from '../lib/system-packages.mjs';

/*
 * Not electron-builder's own .deb: it downloads a Ruby program (fpm) for it, while Debian's dpkg-deb does the same in a
 * second, from a tree that can be inspected.
 */

export const debPackage = 'micro-warehouse';
const installFolder = `/opt/${debPackage}`;

/** Debian's names for architectures that Node names differently. */
const debianArchitectures = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
]);

/**
 * @typedef {object} DebOptions
 * @property {string} folder the packaged app
 * @property {string} version
 * @property {string} description one line
 * @property {string} output the folder for the file
 */

/**
 * Makes a .deb of the packaged app.
 *
 * @param {DebOptions} options
 * @returns {Promise<string>} the file
 */
export async function makeDeb({ folder, version, description, output }) {
  const architecture = debianArchitectures.get(process.arch) ?? process.arch;
  const tree = await fs.mkdtemp(path.join(output, '.deb-'));
  try {
    await fs.chmod(tree, 0o755);
    await layOut(tree, folder);
    await write(tree, 'DEBIAN/control', control({ version, architecture, description, kilobytes: await sizeOf(tree) }));
    const file = path.join(output, `${debPackage}_${version}_${architecture}.deb`);
    const args = ['-Zzstd', '-z9', '--root-owner-group', '--build', tree, file];
    const { code, output: said } = await runQuietly('dpkg-deb', args);
    if (code !== 0) throw new Failure(`dpkg-deb could not make the .deb:\n${lastLines(said)}`);
    return file;
  } finally {
    await fs.rm(tree, { recursive: true, force: true });
  }
}

/**
 * @param {string} tree
 * @param {string} folder
 */
async function layOut(tree, folder) {
  const app = path.join(tree, installFolder);
  await fs.mkdir(path.dirname(app), { recursive: true });
  const { code, output } = await runQuietly('cp', ['-a', '--no-preserve=ownership', folder, app]);
  if (code !== 0) throw new Failure(`The packaged app could not be copied:\n${lastLines(output)}`);
  // Chromium's helper for systems that deny user namespaces to users (Ubuntu 24.04); it belongs to root in the .deb.
  await fs.chmod(path.join(app, 'chrome-sandbox'), 0o4755);
  await fs.mkdir(path.join(tree, 'usr/bin'), { recursive: true });
  await fs.symlink(`${installFolder}/micro-warehouse`, path.join(tree, 'usr/bin/micro-warehouse'));
  await write(tree, `usr/share/applications/${debPackage}.desktop`, desktopEntry);
  for (const name of await fs.readdir(inProject('resources/icons/png'))) {
    const size = path.parse(name).name;
    const target = path.join(tree, `usr/share/icons/hicolor/${size}/apps/${debPackage}.png`);
    await copy(inProject('resources/icons/png', name), target);
  }
  await copy(
    inProject('resources/icons/icon.svg'),
    path.join(tree, `usr/share/icons/hicolor/scalable/apps/${debPackage}.svg`),
  );
  await copy(inProject('LICENSE'), path.join(tree, `usr/share/doc/${debPackage}/copyright`));
}

/** @param {{ version: string, architecture: string, description: string, kilobytes: number }} values */
function control({ version, architecture, description, kilobytes }) {
  // The newest name of each first; older systems have the other.
  const depends = windowNeeds.map(({ packages }) => packages.join(' | ')).join(', ');
  return `Package: ${debPackage}
Version: ${version}
Architecture: ${architecture}
Maintainer: The Micro Warehouse authors <noreply@micro-warehouse.invalid>
Installed-Size: ${kilobytes}
Depends: ${depends}
Section: database
Priority: optional
Description: ${description.replace(/\.$/, '')}
 Makes events as Parquet files, builds models and metrics of them in a DuckDB
 database, and lets you explore all of it. Works without a network.
`;
}

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Micro Warehouse
GenericName=Data warehouse
Comment=A small data warehouse on your laptop
Exec=${installFolder}/micro-warehouse %U
Icon=${debPackage}
Terminal=false
StartupWMClass=Micro Warehouse
Categories=Development;Database;
Keywords=SQL;DuckDB;Parquet;data;warehouse;
`;

/** @param {string} tree */
async function sizeOf(tree) {
  const { stdout } = await runQuietly('du', ['-sk', '--apparent-size', tree]);
  return Number.parseInt(stdout, 10);
}

/**
 * @param {string} tree
 * @param {string} name
 * @param {string} text
 */
async function write(tree, name, text) {
  await fs.mkdir(path.dirname(path.join(tree, name)), { recursive: true });
  await fs.writeFile(path.join(tree, name), text, { mode: 0o644 });
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copy(from, to) {
  await fs.mkdir(path.dirname(to), { recursive: true });
  await fs.copyFile(from, to);
  await fs.chmod(to, 0o644);
}
