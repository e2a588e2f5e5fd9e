#!/usr/bin/env node
/*
 * node scripts/attack.mjs [--attempts <n>] [--kills <n>] [--sequences <n>] [--seed <n>]
 *
 * Attacks workspaces with contents that a folder from somebody else may have, kills every job, and prints the numbers
 * of attempts and of those that held; see src/engine/attack/. Last, random sequences of changes of the events are
 * refreshed step by step and compared with a full refresh. Fails if anything broke.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { countAttempts } from './lib/attempts.mjs';
import { Failure, runScript, say } from './lib/failure.mjs';

const suites = [
  'src/engine/attack',
  'src/engine/refresh/kill.test.ts',
  'src/engine/refresh/kill-jobs.test.ts',
  'src/cli/kill.test.ts',
  'src/engine/refresh/incremental.test.ts',
];

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      attempts: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '30' },
      sequences: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    },
  });
  for (const [name, text] of Object.entries(values)) {
    if (!(Number(text) > 0)) throw new Failure(`--${name} takes a number greater than 0, not "${text}".`);
  }
  const env = {
    ...process.env,
    ATTEMPTS: values.attempts,
    KILLS: values.kills,
    SEQUENCES: values.sequences,
    TEST_SEED: values.seed,
  };
  // One file after the other: the moments of kills depend on the duration of jobs.
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--no-file-parallelism', ...suites];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  const [code] = await once(child, 'close');
  const { tried, held, broken } = countAttempts(output);
  say(`TEST_SEED=${values.seed}: tried ${tried}, held ${held}, broken ${broken}`);
  return code === 0 && broken === 0 && tried > 0 ? 0 : 1;
});
