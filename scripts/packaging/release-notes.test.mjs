import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { expect, test } from 'vitest';

import { sectionOf, withAbsoluteLinks } from '../lib/changelog.mjs';

const changelog = `# Changelog

All notable changes.

## [Unreleased]

## [0.2.0] - 2027-01-05

### Fixed

- One thing.

## [0.1.0] - 2026-11-28

### Added

- [A guide](docs/guide.md).

## 0.0.9

- Early.

[0.2.0]: https://example.org/0.2.0
`;

test('the notes of a version are its section alone', () => {
  expect(sectionOf(changelog, '0.2.0')).toBe('### Fixed\n\n- One thing.');
  expect(sectionOf(changelog.replaceAll('\n', '\r\n'), '0.1.0')).toBe('### Added\n\n- [A guide](docs/guide.md).');
});

test('the last section ends before the link definitions, and a heading needs no brackets', () => {
  expect(sectionOf(changelog, '0.0.9')).toBe('- Early.');
});

test('a version without entries has no notes', () => {
  expect(sectionOf(changelog, 'Unreleased')).toBeUndefined();
  expect(sectionOf(changelog, '0.2')).toBeUndefined();
  expect(sectionOf(changelog, '1.0.0')).toBeUndefined();
});

test('links to files of the project become absolute, others stay', () => {
  const base = 'https://example.org/blob/v0.1.0/';
  expect(withAbsoluteLinks('[a](docs/guide.md#words) [b](https://x.org/y) [c](#top) ![d](./e.png)', base)).toBe(
    '[a](https://example.org/blob/v0.1.0/docs/guide.md#words) [b](https://x.org/y) [c](#top) ![d](https://example.org/blob/v0.1.0/e.png)',
  );
});

const run = (...args) =>
  execFileSync(process.execPath, ['scripts/packaging/release-notes.mjs', ...args], { encoding: 'utf8', stdio: 'pipe' });

test('the version of package.json has notes', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const notes = run();
  expect(notes).toContain('### Added');
  expect(notes).not.toContain('## [');
  expect(notes).toBe(run('--version', version));
});

test('a version without entries fails with the heading to add', () => {
  expect(() => run('--version', '99.0.0')).toThrow('## [99.0.0] - <date>');
});
