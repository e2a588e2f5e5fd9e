import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';

import { Failure, say } from '../lib/failure.mjs';
import { runQuietly } from '../lib/processes.mjs';

/** The last version whose server is on Maven Central. */
export const trinoVersion = '476';

/** What is installed, with the SHA-256 of each file. The Hive plugin is made of the jars of the Iceberg plugin. */
const artifacts = {
  server: {
    name: 'trino-server-core',
    kind: 'tar.gz',
    sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
  },
  iceberg: {
    name: 'trino-iceberg',
    kind: 'zip',
    sha256: '99edba5b491ed94d599aeb61e0794272d3569d8b563f3bb8569e8a49daa87b6c',
  },
};

/** The files can't be had from Maven Central. */
export class NotAvailable extends Failure {}

/** Plugins that come with the server and only lengthen its start. */
const unusedPlugins = [
  'functions-python',
  'geospatial',
  'exchange-filesystem',
  'resource-group-managers',
  'session-property-managers',
];

/** Where Trino is kept between runs, outside the project: MICRO_WAREHOUSE_TRINO_HOME or the user's cache folder. */
export function trinoHome() {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  return process.env.MICRO_WAREHOUSE_TRINO_HOME ?? path.join(cache, 'micro-warehouse', `trino-${trinoVersion}`);
}

/**
 * Installs a small Trino from Maven Central (540 MB), unless it is there.
 *
 * @param {string} javaHome
 * @returns {Promise<string>} its folder
 * @throws {NotAvailable}
 */
export async function installTrino(javaHome) {
  const home = trinoHome();
  if (existsSync(path.join(home, 'plugin', 'hive', 'hive-services.jar'))) return home;
  say(`Downloading Trino ${trinoVersion} from Maven Central (540 MB).`);
  const [server, iceberg] = [await download(artifacts.server), await download(artifacts.iceberg)];
  const partial = `${home}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await must('tar', ['xzf', server, '-C', partial, '--strip-components=1']);
  await addPlugins(partial, iceberg, path.join(javaHome, 'bin', 'jar'));
  await rm(home, { recursive: true, force: true });
  await rename(partial, home);
  return home;
}

/**
 * @param {{ name: string, kind: string, sha256: string }} artifact
 * @returns {Promise<string>} the file in Maven's own repository
 */
async function download({ name, kind, sha256 }) {
  const repository = process.env.MAVEN_REPOSITORY ?? path.join(os.homedir(), '.m2', 'repository');
  const folder = path.join(repository, 'io', 'trino', name, trinoVersion);
  const file = path.join(folder, `${name}-${trinoVersion}.${kind}`);
  const artifact = `io.trino:${name}:${trinoVersion}:${kind}`;
  const options = ['-q', '-B', `-Dmaven.repo.local=${repository}`, '-Dtransitive=false'];
  const { code, output } = await runQuietly('mvn', [...options, 'dependency:get', `-Dartifact=${artifact}`]);
  if (code !== 0) throw new NotAvailable(`Maven can't get ${artifact}:\n${output.slice(-2_000)}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') !== sha256) {
    throw new Failure(`${file} isn't the file that is expected: its SHA-256 differs. Delete it, then try again.`);
  }
  return file;
}

/**
 * @param {string} home
 * @param {string} iceberg the zip of the Iceberg plugin
 * @param {string} jar the program
 */
async function addPlugins(home, iceberg, jar) {
  const plugins = path.join(home, 'plugin');
  const from = path.join(plugins, `trino-iceberg-${trinoVersion}`);
  const to = path.join(plugins, 'iceberg');
  await must(jar, ['xf', iceberg], { cwd: plugins });
  await rename(from, to);
  const hive = path.join(plugins, 'hive');
  await mkdir(hive);
  for (const name of await readdir(to)) {
    // A driver for one metastore, 82 MB; and the list of services, which each plugin has of its own.
    if (name.startsWith('net.snowflake')) await rm(path.join(to, name));
    else if (!name.endsWith('-services.jar')) await link(path.join(to, name), path.join(hive, name));
  }
  const services = path.join(plugins, 'services');
  await mkdir(path.join(services, 'META-INF', 'services'), { recursive: true });
  const service = path.join(services, 'META-INF', 'services', 'io.trino.spi.Plugin');
  await writeFile(service, 'io.trino.plugin.hive.HivePlugin\n');
  await must(jar, ['cf', path.join(hive, 'hive-services.jar'), '-C', services, 'META-INF']);
  await rm(services, { recursive: true });
  for (const name of unusedPlugins) await rm(path.join(plugins, name), { recursive: true, force: true });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
async function must(command, args, options) {
  const { code, output } = await runQuietly(command, args, options);
  if (code !== 0) throw new Failure(`${command} failed (exit code ${code}):\n${output.slice(-2_000)}`);
}
