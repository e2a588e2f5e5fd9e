import process from 'node:process';
import { pathToFileURL } from 'node:url';

import { ensureBuilt } from './build.mjs';
import { inProject, projectRoot } from './paths.mjs';
import { setUp } from './set-up.mjs';

/**
 * Runs the command line of the app with these arguments, in this very process, so that its signals and exit codes are
 * those of the app.
 *
 * @param {string[]} args
 */
export async function runCommandLine(args) {
  await setUp();
  await ensureBuilt();
  goToUsersFolder();
  const entry = inProject('out', 'main', 'cli.js');
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(entry).href);
}

/** npm changes to the project's folder before it runs a script, but a relative path is meant from where the user is. */
export function goToUsersFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: usersFolder } = process.env;
  if (script && usersFolder && process.cwd() === projectRoot) process.chdir(usersFolder);
}
