#!/usr/bin/env node
/*
 * node scripts/with-display.mjs <command...>
 *
 * Runs a command that opens windows: on the screen that is there, else on a private virtual one.
 */
import path from 'node:path';
import process from 'node:process';

import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { inProject } from './lib/paths.mjs';
import { runAttached } from './lib/processes.mjs';

await runScript(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) throw new Failure('Usage: node scripts/with-display.mjs <command...>');
  // The project's own tools can be named without a path, as in an npm script.
  const env = { ...process.env, PATH: `${inProject('node_modules', '.bin')}${path.delimiter}${process.env.PATH}` };
  if (hasDisplay()) return runAttached(command, args, { env });
  const screen = await startVirtualDisplay();
  try {
    return await runAttached(command, args, { env: { ...env, DISPLAY: screen.display } });
  } finally {
    await screen.close();
  }
});
