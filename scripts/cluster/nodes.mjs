import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Failure } from '../lib/failure.mjs';
import { freePorts } from './ports.mjs';
import { makeSecrets } from './secrets.mjs';

const configFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'config');
const startMs = 180_000;

/**
 * @typedef {object} ClusterNode
 * @property {string} name coordinator, worker1, worker2, ...
 * @property {number} pid
 * @property {string} command with `args`, starts it again
 * @property {string[]} args
 * @property {string} cwd
 * @property {string} log
 */

/**
 * @typedef {object} Cluster written to `cluster.json` of the run folder, for tests
 * @property {string} server its address
 * @property {string} info an address that answers without sign-in
 * @property {string} data the folder that is `local:///` in SQL
 * @property {string} run the folder with certificate, keys, logs
 * @property {string | null} s3 the address of an object storage that the catalogs s3lake and s3warehouse use
 * @property {ClusterNode[]} nodes
 */

/**
 * Starts a coordinator and workers as processes of their own on 127.0.0.1; resolves when all of them take part.
 *
 * @param {{ javaHome: string, trino: string, data: string, run: string, workers?: number, s3?: string | null }} options
 *   `data` is what all nodes share, `run` takes their configuration, logs and secrets; see {@link Cluster} for `s3`
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ javaHome, trino, data, run, workers = 2, s3 = null }) {
  await mkdir(data, { recursive: true });
  await mkdir(run, { recursive: true });
  await makeSecrets(run);
  const names = ['coordinator', ...Array.from({ length: workers }, (_, index) => `worker${index + 1}`)];
  const [https = 0, ...ports] = await freePorts(names.length + 1);
  const values = { DATA: data, RUN: run, HTTPS_PORT: String(https), S3: s3 ?? '' };
  const shared = {
    run,
    trino,
    javaHome,
    values,
    secret: randomBytes(48).toString('base64'),
    discovery: `http://127.0.0.1:${ports[0]}`,
  };
  /** @type {ClusterNode[]} */
  const nodes = [];
  for (const [index, name] of names.entries()) nodes.push(await startNode(name, ports[index] ?? 0, shared));
  const cluster = { server: `https://127.0.0.1:${https}`, info: `${shared.discovery}/v1/info`, data, run, s3, nodes };
  await writeFile(path.join(run, 'cluster.json'), JSON.stringify(cluster, null, 2));
  try {
    await untilReady(cluster, workers);
  } catch (error) {
    await stopCluster(run);
    throw error;
  }
  return cluster;
}

/**
 * Ends every node that `cluster.json` of the run folder names.
 *
 * @param {string} run
 */
export async function stopCluster(run) {
  /** @type {Cluster} */
  const { nodes } = JSON.parse(await readFile(path.join(run, 'cluster.json'), 'utf8'));
  for (const { pid } of nodes) signal(pid, 'SIGTERM');
  for (let waited = 0; waited < 10_000 && nodes.some(({ pid }) => signal(pid, 0)); waited += 100) await sleep(100);
  for (const { pid } of nodes) signal(pid, 'SIGKILL');
}

/**
 * @param {number} pid
 * @param {'SIGTERM' | 'SIGKILL' | 0} kind
 * @returns {boolean} whether the process exists
 */
function signal(pid, kind) {
  try {
    return process.kill(pid, kind);
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {number} port
 * @param {{ run: string, trino: string, javaHome: string, secret: string, discovery: string,
 *   values: Record<string, string> }} shared
 * @returns {Promise<ClusterNode>}
 */
async function startNode(name, port, { run, trino, javaHome, secret, discovery, values }) {
  const isCoordinator = name === 'coordinator';
  const folder = path.join(run, name);
  const etc = path.join(folder, 'etc');
  await mkdir(path.join(etc, 'catalog'), { recursive: true });
  await mkdir(path.join(folder, 'data'), { recursive: true });
  const filled = (/** @type {string} */ file) =>
    readFileSync(path.join(configFolder, file), 'utf8').replaceAll(/@(\w+)@/g, (_, key) => values[key] ?? '');
  const write = (/** @type {string} */ file, /** @type {string} */ text) => writeFile(path.join(etc, file), text);
  const lines = [
    `coordinator=${isCoordinator}`,
    `http-server.http.port=${port}`,
    `discovery.uri=${discovery}`,
    `internal-communication.shared-secret=${secret}`,
    filled('common.properties'),
    ...(isCoordinator ? [filled('coordinator.properties'), filled('auth.properties')] : []),
  ];
  await write('config.properties', lines.join('\n'));
  await write('log.properties', filled('log.properties'));
  if (isCoordinator) {
    await write('password-authenticator.properties', filled('password-authenticator.properties'));
    await write('access-control.properties', filled('access-control.properties'));
  }
  for (const catalogs of ['catalog', ...(values.S3 ? ['catalog-s3'] : [])]) {
    for (const file of await readdir(path.join(configFolder, catalogs))) {
      await write(`catalog/${file}`, filled(`${catalogs}/${file}`));
    }
  }
  const args = javaArguments({ name, folder, etc, trino, isCoordinator });
  const node = {
    name,
    command: path.join(javaHome, 'bin', 'java'),
    args,
    cwd: trino,
    log: path.join(folder, 'server.log'),
  };
  return { ...node, pid: launch(node) };
}

/**
 * Java directly, as Trino's launcher calls it: no Python, no daemon, and the process is ours.
 *
 * @param {{ name: string, folder: string, etc: string, trino: string, isCoordinator: boolean }} node
 */
function javaArguments({ name, folder, etc, trino, isCoordinator }) {
  const jvm = readFileSync(path.join(configFolder, 'jvm.config'), 'utf8').split('\n');
  return [
    '-cp',
    `${trino}/lib/*`,
    ...jvm.filter((line) => line !== '' && !line.startsWith('#')),
    `-Dnode.data-dir=${path.join(folder, 'data')}`,
    `-Dconfig=${path.join(etc, 'config.properties')}`,
    `-Dlog.levels-file=${path.join(etc, 'log.properties')}`,
    `-Dcatalog.config-dir=${path.join(etc, 'catalog')}`,
    ...(isCoordinator ? [`-Daccess-control.config-files=${path.join(etc, 'access-control.properties')}`] : []),
    '-Dnode.environment=micro_warehouse',
    `-Dnode.id=${name}`,
    '-Dnode.bind-ip=127.0.0.1',
    '-Dnode.internal-address=127.0.0.1',
    'io.trino.server.TrinoServer',
  ];
}

/**
 * Starts the process of a node.
 *
 * @param {Pick<ClusterNode, 'command' | 'args' | 'cwd' | 'log'>} node
 * @returns {number} its process id
 */
export function launch({ command, args, cwd, log }) {
  const output = openSync(log, 'a');
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', output, output] });
  child.unref();
  if (child.pid === undefined) throw new Failure(`${command} couldn't be started.`);
  return child.pid;
}

/**
 * @param {Cluster} cluster
 * @param {number} workers
 */
async function untilReady({ info, nodes }, workers) {
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    for (const { name, pid, log } of nodes) {
      if (signal(pid, 0)) continue;
      throw new Failure(`The node ${name} has ended:\n${readFileSync(log, 'utf8').slice(-3_000)}`);
    }
    // Each node says when it is ready; the coordinator looks for workers every few seconds.
    const answers = await Promise.all(nodes.map((node) => isReady(node, info)));
    if (answers.filter(Boolean).length === workers + 1) return;
    await sleep(500);
  }
  throw new Failure(`The cluster wasn't ready within ${startMs / 1_000} seconds.`);
}

/**
 * @param {ClusterNode} node
 * @param {string} info
 */
async function isReady({ name, args }, info) {
  const etc = args.find((text) => text.startsWith('-Dconfig='))?.slice('-Dconfig='.length) ?? '';
  const port = /^http-server.http.port=(\d+)$/m.exec(readFileSync(etc, 'utf8'))?.[1];
  const url = name === 'coordinator' ? info : `http://127.0.0.1:${port}/v1/info`;
  const answer = await fetch(url).then(
    (response) => response.text(),
    () => '',
  );
  return answer.includes('"starting":false');
}
