import { expect, test } from 'vitest';
import { versionNote } from './cluster';

test.each([
  ['476', null],
  ['476-e.3', null],
  ['440', /^Trino 440 is older than 476, .*: try a full refresh into a new schema first/],
  ['481', /^Trino 481 is newer than 476, /],
  ['dev', /^Trino dev isn't 476, /],
])('what is said about a server of version %s', (version, expected) => {
  if (expected === null) expect(versionNote(version)).toBeNull();
  else expect(versionNote(version)).toMatch(expected);
});
