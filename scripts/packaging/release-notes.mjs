#!/usr/bin/env node
/*
 * node scripts/packaging/release-notes.mjs [--version <version>] [--base <address of the project's folder>]
 *
 * Prints the section of CHANGELOG.md for a version, by default the one in package.json: the notes of its release.
 * With --base, links to files of the project are made absolute.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { sectionOf, withAbsoluteLinks } from '../lib/changelog.mjs';
import { Failure, runScript } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';

await runScript(async () => {
  const { values } = parseArgs({ options: { version: { type: 'string' }, base: { type: 'string' } } });
  const version = values.version ?? JSON.parse(readFileSync(inProject('package.json'), 'utf8')).version;
  const section = sectionOf(readFileSync(inProject('CHANGELOG.md'), 'utf8'), version);
  if (section === undefined) {
    throw new Failure(
      `CHANGELOG.md has no entries for ${version}. Add them below a heading "## [${version}] - <date>".`,
    );
  }
  const base = values.base && `${values.base.replace(/\/$/, '')}/`;
  process.stdout.write(`${base ? withAbsoluteLinks(section, base) : section}\n`);
});
