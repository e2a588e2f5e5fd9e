#!/usr/bin/env node
/*
 * node scripts/complete-lockfile.mjs
 *
 * For maintainers, after adding a dependency where the registry doesn't offer the packages for other systems: adds
 * those that npm left out of package-lock.json, without which `npm ci` refuses it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { runScript, say } from './lib/failure.mjs';
import { fillGaps, findGaps } from './lib/lockfile.mjs';
import { inProject } from './lib/paths.mjs';

await runScript(async () => {
  const file = inProject('package-lock.json');
  const lockfile = JSON.parse(readFileSync(file, 'utf8'));
  const gaps = findGaps(lockfile.packages);
  if (gaps.length === 0) return say('package-lock.json is complete.');
  const packages = fillGaps(lockfile.packages);
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages }, null, 2)}\n`);
  say(`Added to package-lock.json:\n${gaps.map(({ name, version }) => `  ${name} ${version}`).join('\n')}`);
});
