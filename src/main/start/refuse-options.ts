import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { refusedOption } from './command-line';

/*
 * Imported before everything else: Electron runs this script to its end before it opens a debugging port, creates a
 * window or starts a process for one. So a refused command line has had no effect yet.
 */

/** The usual exit code for incorrect usage. */
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
    // Output may fail: a Windows program without a console, or a closed pipe.
  }
}

// `electron .`, used by developers and the other tests; never in a packaged app.
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
