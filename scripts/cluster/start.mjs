#!/usr/bin/env node
/*
 * node scripts/cluster/start.mjs <data folder> <run folder> [workers]     until stopped: node scripts/cluster/stop.mjs <run folder>
 *
 * A cluster on this machine to try things: the data folder is local:/// in SQL.
 */
import path from 'node:path';
import process from 'node:process';

import { Failure, runScript } from '../lib/failure.mjs';
import { installTrino } from './install.mjs';
import { findJava, oldestJava } from './java.mjs';
import { startCluster } from './nodes.mjs';
import { password, users } from './secrets.mjs';

await runScript(async () => {
  const [data, run] = process.argv.slice(2, 4).map((folder) => path.resolve(folder));
  const workers = Number(process.argv[4] ?? 2);
  if (data === undefined || run === undefined || !(workers >= 1)) {
    throw new Failure('Usage: node scripts/cluster/start.mjs <data folder> <run folder> [workers]');
  }
  const javaHome = findJava();
  if (javaHome === undefined) throw new Failure(`Install a Java development kit, version ${oldestJava} or newer.`);
  const trino = await installTrino(javaHome);
  const { server } = await startCluster({ javaHome, trino, data, run, workers });
  process.stdout.write(
    `${server}, certificate ${path.join(run, 'https.crt')}, user ${users[0]}, password ${password}\n`,
  );
});
