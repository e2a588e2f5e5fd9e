#!/usr/bin/env node
/* node scripts/cluster/stop.mjs <run folder> */
import path from 'node:path';
import process from 'node:process';

import { Failure, runScript } from '../lib/failure.mjs';
import { stopCluster } from './nodes.mjs';

await runScript(async () => {
  const run = process.argv[2];
  if (run === undefined) throw new Failure('Usage: node scripts/cluster/stop.mjs <run folder>');
  await stopCluster(path.resolve(run));
});
