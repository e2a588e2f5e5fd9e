#!/usr/bin/env node
/*
 * node scripts/packaging/package.mjs [--test-build]
 *
 * Packs the app for the current system into dist/: for Linux a folder and, if dpkg-deb is available, a .deb; for macOS
 * a .dmg, for Windows an installer. Uses official Electron, unless only the stand-in is available here.
 *
 * With --test-build it also packs the app into dist/test-build, as a folder, with a mark that makes it accept every
 * option, including the debugging port. The smoke test drives that one; it is never distributed.
 */
import { existsSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { ensureBuilt } from '../lib/build.mjs';
import { makeDeb } from './deb.mjs';
import { installedRuntime } from '../lib/electron-runtime.mjs';
import { Failure, runScript, say } from '../lib/failure.mjs';
import { fallback } from '../lib/fallback-runtime.mjs';
import { withLock } from '../lib/lock.mjs';
import { packagedApp, testBuildFolder } from './packaged-app.mjs';
import { maxOwnBytes, megabytes, ownCompressedBytes } from './package-size.mjs';
import { inProject } from '../lib/paths.mjs';
import { lastLines, runQuietly } from '../lib/processes.mjs';
import { setUp } from '../lib/set-up.mjs';

/** Exists once the test build is complete. */
const testBuildMark = inProject(testBuildFolder, '.whole');

await runScript(async () => {
  await setUp({ runtime: true });
  await ensureBuilt();
  await withLock('package', process.argv.includes('--test-build') ? packTestBuild : pack);
});

async function pack() {
  requireBinding();
  await fs.rm(inProject('dist'), { recursive: true, force: true });
  await runElectronBuilder();
  const app = packagedApp();
  const size = await ownCompressedBytes(app.resources);
  say(`The app without Electron: ${megabytes(size)} compressed (at most ${megabytes(maxOwnBytes)}).`);
  if (size > maxOwnBytes) throw new Failure('The package has grown too large: see what got into resources/app.asar.');
  if (process.platform === 'linux') await packDeb(app.folder);
  for (const name of await fs.readdir(inProject('dist'))) if (!name.startsWith('builder-')) say(`dist/${name}`);
}

/** From the same build as the packed app; packing the app again removes this one. */
async function packTestBuild() {
  if (!existsSync(packagedApp().executable)) throw new Failure('Run "npm run package" first.');
  if (existsSync(testBuildMark)) return;
  await fs.rm(inProject(testBuildFolder), { recursive: true, force: true });
  await runElectronBuilder(['--dir', `-c.directories.output=${testBuildFolder}`, '-c.extraMetadata.testBuild=true']);
  await fs.writeFile(testBuildMark, '');
}

/** @param {string[]} [options] */
async function runElectronBuilder(options = []) {
  const { version, folder } = installedRuntime();
  if (version === fallback.electronVersion || process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    say(`Packing with the Electron ${version} at hand: for tests, not for others to use.`);
    options.push(`-c.electronDist=${folder}`, `-c.electronVersion=${version}`);
  } else {
    // Pages come from app:// alone. Electron 25 doesn't have this fuse yet.
    options.push('-c.electronFuses.grantFileProtocolExtraPrivileges=false');
  }
  // Fuses break Electron's signature, and Apple's processors run nothing unsigned.
  if (process.platform === 'darwin' && !process.env.CSC_LINK && !process.env.CSC_NAME)
    options.push('-c.mac.identity=-');
  say(`Packing for ${process.platform} ${process.arch} ...`);
  const tool = inProject('node_modules', 'electron-builder', 'cli.js');
  const { code, output } = await runQuietly(process.execPath, [
    tool,
    `--${process.arch}`,
    '--publish=never',
    ...options,
  ]);
  if (code !== 0) throw new Failure(`electron-builder failed:\n${lastLines(output, 30)}`);
}

/** npm installs DuckDB's native part only for the current platform, so each platform packs its own app. */
function requireBinding() {
  const name = `@duckdb/node-bindings-${process.platform}-${process.arch}`;
  if (!existsSync(inProject('node_modules', name))) {
    throw new Failure(
      `${name} is not installed, so there is no DuckDB to pack. Run "npm ci", then this command again.`,
    );
  }
}

/** @param {string} folder */
async function packDeb(folder) {
  const { code } = await runQuietly('sh', ['-c', 'command -v dpkg-deb']);
  if (code !== 0) return say('No dpkg-deb here, so no .deb was made.');
  const { version, description } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const file = await makeDeb({ folder, version, description, output: inProject('dist') });
  say(`${path.basename(file)}: ${megabytes((await fs.stat(file)).size)}`);
}
