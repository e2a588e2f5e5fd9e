import process from 'node:process';
import { pathToFileURL } from 'node:url';

import { ensureBuilt } from './build.mjs';
import { inProject, projectRoot } from './paths.mjs';
import { setUp } from './set-up.mjs';

/**
 * Runs the app's command line with these arguments in this process, so that it gets its signals and sets its exit code.
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

/** npm changes to the project's folder before it runs a script, but relative paths start at the user's folder. */
export function goToUsersFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: usersFolder } = process.env;
  if (script && usersFolder && process.cwd() === projectRoot) process.chdir(usersFolder);
}
