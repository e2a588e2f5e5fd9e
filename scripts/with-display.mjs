#!/usr/bin/env node
/*
 * node scripts/with-display.mjs <command...>
 *
 * Runs a command that opens windows: on the screen that is there, else on a private virtual one. The command is a
 * program, such as node, and not the name of a script in node_modules/.bin, which Windows can't start.
 */
import process from 'node:process';

import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { runAttached } from './lib/processes.mjs';

await runScript(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) throw new Failure('Usage: node scripts/with-display.mjs <command...>');
  if (hasDisplay()) return runAttached(command, args);
  const screen = await startVirtualDisplay();
  try {
    return await runAttached(command, args, { env: { ...process.env, DISPLAY: screen.display } });
  } finally {
    await screen.close();
  }
});
