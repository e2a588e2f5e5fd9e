import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { refusedOption } from './command-line';

/*
 * Imported before everything else: Electron runs this script to its end before it opens a debugging port, makes a window
 * or starts a process for one. So nothing has happened yet when a command line is refused here.
 */

/** As command lines say that they were not understood. */
const usageExitCode = 2;

/**
 * Whether this is the build that the smoke test drives, which needs the debugging port. `scripts/packaging/package.mjs` makes it
 * beside the one that ships, with this mark in its package.json; the smoke test compares the two.
 */
function isTestBuild(): boolean {
  const text = readFileSync(path.join(app.getAppPath(), 'package.json'), 'utf8');
  const packaged: unknown = JSON.parse(text);
  return typeof packaged === 'object' && packaged !== null && 'testBuild' in packaged && packaged.testBuild === true;
}

function say(text: string): void {
  try {
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody listens: a program of Windows without a console, or a closed pipe.
  }
}

// `electron .`, as developers and the other tests start the app; it does not happen in a packaged one.
if (!process.defaultApp) {
  const option = refusedOption(process.argv.slice(1), {
    platform: process.platform,
    uid: process.getuid?.() ?? null,
  });
  if (option !== null && !isTestBuild()) {
    say(
      `Micro Warehouse doesn't accept the option ${option}. Start it without this option; use --workspace <folder> to open a folder.`,
    );
    app.exit(usageExitCode);
  }
}
