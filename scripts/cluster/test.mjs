#!/usr/bin/env node
/*
 * node scripts/cluster/test.mjs [arguments of vitest]
 *
 * Installs Trino, starts a coordinator, two workers and an object storage, runs the tests named *.cluster.test.ts and,
 * without arguments, the window on the cluster, and stops them. What is missing here is skipped, by name:
 * without Java or Maven everything but publishing to an object storage, without moto everything about object storage.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { Failure, runScript, say } from '../lib/failure.mjs';
import { runAttached, runQuietly } from '../lib/processes.mjs';
import { installTrino, NotAvailable } from './install.mjs';
import { findJava, oldestJava, onPath } from './java.mjs';
import { findMoto, startMoto } from './moto.mjs';
import { startCluster, stopCluster } from './nodes.mjs';

const given = process.argv.slice(2);

/** Tests of object storage that need no cluster. */
const withoutCluster = 'src/engine/publish/moto.cluster.test.ts';

await runScript(async () => {
  const python = findMoto();
  if (python === undefined) skip("those of object storage need Python and moto: pip install 'moto[server]'");
  const trino = await findTrino();
  if ('missing' in trino) {
    skip(trino.missing);
    return python === undefined ? 0 : runTests([withoutCluster], {});
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-cluster-'));
  const run = path.join(folder, 'run');
  const moto = python === undefined ? null : await startMoto(python);
  try {
    say('Starting a coordinator and two workers.');
    await startCluster({ ...trino, data: path.join(folder, 'data'), run, s3: moto?.url ?? null });
    try {
      return await runAll({ MICRO_WAREHOUSE_TEST_CLUSTER: run });
    } finally {
      await stopCluster(run);
    }
  } finally {
    moto?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

/** @param {string} why */
function skip(why) {
  process.stdout.write(`Cluster tests skipped: ${why}.\n`);
}

/** @returns {Promise<{ javaHome: string, trino: string } | { missing: string }>} */
async function findTrino() {
  const javaHome = findJava();
  const missing = [
    ...(javaHome === undefined ? [`a Java development kit, version ${oldestJava} or newer`] : []),
    ...['mvn', 'openssl'].filter((program) => onPath(program) === undefined),
  ];
  if (javaHome === undefined || missing.length > 0) return { missing: `missing here: ${missing.join(', ')}` };
  try {
    return { javaHome, trino: await installTrino(javaHome) };
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error;
    return { missing: error.message };
  }
}

/**
 * The tests, then the window.
 *
 * @param {NodeJS.ProcessEnv} cluster
 * @returns {Promise<number>} exit code
 */
async function runAll(cluster) {
  // The command line under test, so that each of its processes needn't build it.
  const { code, output } = await runQuietly(process.execPath, ['scripts/cli.mjs', '--version']);
  if (code !== 0) throw new Failure(output);
  const failed = await runTests(given, cluster);
  // More than 128: a signal has ended the tests, and is to end everything.
  if (given.length > 0 || failed > 128) return failed;
  const env = { ...process.env, ...cluster };
  const built = await runAttached(process.execPath, ['scripts/build.mjs'], { env });
  if (built !== 0) return built;
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', 'e2e/real-cluster.spec.ts'];
  const window = await runAttached(process.execPath, ['scripts/with-display.mjs', process.execPath, ...playwright], {
    env,
  });
  return failed || window;
}

/**
 * @param {readonly string[]} args of vitest
 * @param {NodeJS.ProcessEnv} cluster
 * @returns {Promise<number>} exit code
 */
function runTests(args, cluster) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'vitest.cluster.config.mts', ...args];
  return runAttached(process.execPath, vitest, { env: { ...process.env, ...cluster } });
}
