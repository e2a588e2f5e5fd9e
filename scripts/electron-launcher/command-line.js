'use strict';

/**
 * @typedef {object} CommandLine
 * @property {string[]} preload modules to load before the app (Playwright passes one)
 * @property {string | undefined} app folder or file of the app, undefined when none was named
 * @property {boolean} version whether only the version is asked for
 */

/**
 * Reads Electron's command line the way its own default app does: flags belong to Chromium, the first plain word is
 * the app, and all that follows it belongs to the app.
 *
 * @param {string[]} args the command line without the executable
 * @returns {CommandLine}
 */
function parseCommandLine(args) {
  /** @type {CommandLine} */
  const found = { preload: [], app: undefined, version: false };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === '-r' || arg === '--require') {
      at += 1;
      if (args[at] === undefined) throw new Error(`${arg} needs a file`);
      found.preload.push(args[at]);
    } else if (arg === '-v' || arg === '--version') {
      found.version = true;
      break;
    } else if (arg.startsWith('--app=')) {
      found.app = arg.slice('--app='.length);
      break;
    } else if (!arg.startsWith('-')) {
      found.app = arg;
      break;
    }
  }
  return found;
}

module.exports = { parseCommandLine };
