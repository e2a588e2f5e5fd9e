#!/usr/bin/env node
/*
 * node scripts/cluster/test.mjs [arguments of vitest]
 *
 * Installs Trino, starts a coordinator and two workers, runs the tests named *.cluster.test.ts and, without arguments,
 * the window on the cluster, and stops the cluster.
 * Where Java or Maven is missing, or Maven can't get Trino, it says so and counts as skipped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { Failure, runScript, say } from '../lib/failure.mjs';
import { runAttached, runQuietly } from '../lib/processes.mjs';
import { installTrino, NotAvailable } from './install.mjs';
import { findJava, oldestJava, onPath } from './java.mjs';
import { startCluster, stopCluster } from './nodes.mjs';

await runScript(async () => {
  const javaHome = findJava();
  const missing = [
    ...(javaHome === undefined ? [`a Java development kit, version ${oldestJava} or newer`] : []),
    ...['mvn', 'openssl'].filter((program) => onPath(program) === undefined),
  ];
  if (javaHome === undefined || missing.length > 0) {
    process.stdout.write(`Cluster tests skipped: missing here: ${missing.join(', ')}.\n`);
    return;
  }
  const trino = await installTrino(javaHome).catch((error) => {
    if (!(error instanceof NotAvailable)) throw error;
    process.stdout.write(`Cluster tests skipped: ${error.message}\n`);
    return null;
  });
  if (trino === null) return;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-cluster-'));
  const run = path.join(folder, 'run');
  say('Starting a coordinator and two workers.');
  const cluster = await startCluster({ javaHome, trino, data: path.join(folder, 'data'), run });
  try {
    // The command line under test, so that each of its processes needn't build it.
    const { code, output } = await runQuietly(process.execPath, ['scripts/cli.mjs', '--version']);
    if (code !== 0) throw new Failure(output);
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '-c',
      'vitest.cluster.config.mts',
      ...process.argv.slice(2),
    ];
    const env = { ...process.env, MICRO_WAREHOUSE_TEST_CLUSTER: cluster.run };
    const failed = await runAttached(process.execPath, vitest, { env });
    if (failed !== 0 || process.argv.length > 2) return failed;
    const built = await runAttached(process.execPath, ['scripts/build.mjs'], { env });
    if (built !== 0) return built;
    const playwright = ['node_modules/@playwright/test/cli.js', 'test', 'e2e/real-cluster.spec.ts'];
    const window = ['scripts/with-display.mjs', process.execPath, ...playwright];
    return await runAttached(process.execPath, window, { env });
  } finally {
    await stopCluster(run);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});
