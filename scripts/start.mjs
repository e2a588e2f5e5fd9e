#!/usr/bin/env node
/*
 * npm start [-- options of the app]
 *
 * Opens the window, also from a fresh clone: installs and builds missing parts first. If no window can be shown, runs
 * the same pipeline on the command line.
 */
import process from 'node:process';

import { ensureBuilt } from './lib/build.mjs';
import { goToUsersFolder, runCommandLine } from './lib/command-line.mjs';
import { hasDisplay } from './lib/display.mjs';
import { electronExecutable } from './lib/electron-runtime.mjs';
import { runScript, say } from './lib/failure.mjs';
import { electronArguments, electronEnvironment, requireSandbox } from './lib/launch.mjs';
import { projectRoot } from './lib/paths.mjs';
import { runAttached } from './lib/processes.mjs';
import { setUp } from './lib/set-up.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  if (!hasDisplay()) {
    say('No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): running the pipeline without a window.');
    return runCommandLine(['pipeline', ...args]);
  }
  await setUp({ window: true });
  await ensureBuilt();
  const executable = electronExecutable();
  await requireSandbox(executable, args);
  goToUsersFolder();
  return runAttached(executable, electronArguments(projectRoot, args), { env: electronEnvironment() });
});
