'use strict';

/* oxlint-disable no-underscore-dangle -- the parts of Node's module loader that Electron itself uses are named so */

/*
 * Stands in for Electron's own default app (resources/default_app.asar) in a runtime that comes without one: it finds
 * the app on the command line and becomes it. Runs inside Electron only; see lib/fallback-runtime.mjs.
 */

const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const { parseCommandLine } = require('./command-line.js');

/** @param {string} message */
function giveUp(message) {
  process.stderr.write(`${message}\n`);
  app.exit(1);
}

/**
 * Gives Electron the app's identity before its code runs, since its user-data folder follows from its name.
 *
 * @param {string} folder
 */
function takeIdentity(folder) {
  const file = path.join(folder, 'package.json');
  if (!fs.existsSync(file)) return false;
  const { name, productName, version } = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (version) app.setVersion(version);
  if (productName ?? name) app.name = productName ?? name;
  app.setDesktopName(`${app.name}.desktop`);
  return true;
}

/** @param {string} target folder or file of the app */
function become(target) {
  // Apps ask this to tell a development start from an installed one.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const folder = path.resolve(target);
  let main;
  try {
    const hasIdentity = takeIdentity(folder);
    main = Module._resolveFilename(folder, null, true);
    app.setAppPath(hasIdentity ? folder : path.dirname(main));
  } catch (error) {
    giveUp(`Unable to find an Electron app at ${folder}: ${error.message}`);
    return;
  }
  Module._load(main, module, true);
}

const { preload, app: target, version } = parseCommandLine(process.argv.slice(1));
if (version) {
  process.stdout.write(`v${process.versions.electron}\n`);
  app.exit(0);
} else if (target === undefined) {
  giveUp('Name the app to start, for example: electron .');
} else {
  // Not a plain require: Node resolves these against the current folder, and Playwright relies on their running first.
  if (preload.length > 0) Module._preloadModules(preload);
  become(target);
}
