#!/usr/bin/env node
/*
 * node scripts/with-display.mjs [--screens=N] <command...>
 *
 * Runs a command that opens windows: on the existing screen, otherwise on a private virtual one. With several screens,
 * the command finds all of them in SCREENS, separated by commas: windows of tests that run side by side must not take
 * the focus and the clipboard from each other. The command is a program, such as node, not the name of a script in
 * node_modules/.bin, which Windows can't start.
 */
import process from 'node:process';

import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { runAttached } from './lib/processes.mjs';

await runScript(async () => {
  const screens = /^--screens=([1-9])$/.exec(process.argv[2] ?? '')?.[1];
  const [command, ...args] = process.argv.slice(screens === undefined ? 2 : 3);
  if (command === undefined) throw new Failure('Usage: node scripts/with-display.mjs [--screens=N] <command...>');
  if (hasDisplay()) return runAttached(command, args);
  const started = await Promise.all(Array.from({ length: Number(screens ?? 1) }, startVirtualDisplay));
  const names = started.map(({ display }) => display);
  try {
    const env = { ...process.env, DISPLAY: names[0], ...(screens === undefined ? {} : { SCREENS: names.join(',') }) };
    return await runAttached(command, args, { env });
  } finally {
    await Promise.all(started.map(({ close }) => close()));
  }
});
