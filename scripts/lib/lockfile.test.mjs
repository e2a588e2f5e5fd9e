import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { fillGaps, findGaps } from './lockfile.mjs';
import { inProject } from './paths.mjs';

const entries = {
  '': { version: '1.0.0' },
  'node_modules/tool': {
    version: '2.0.0',
    dev: true,
    license: 'MIT',
    optionalDependencies: { '@tool/linux-x64-musl': '2.0.0', '@tool/darwin-arm64': '2.0.0' },
  },
  'node_modules/@tool/linux-x64-musl': { version: '2.0.0', optional: true },
};

test("this project's lockfile leaves no system out, so `npm ci` accepts it (see complete-lockfile.mjs)", () => {
  expect(findGaps(JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages)).toEqual([]);
});

test('finds the optional packages that are left out', () => {
  expect(findGaps(entries)).toEqual([{ parent: 'node_modules/tool', name: '@tool/darwin-arm64', version: '2.0.0' }]);
});

test('finds a package where Node would: below its parent or in a folder above', () => {
  const parent = 'node_modules/a/node_modules/b';
  const wanted = { [parent]: { optionalDependencies: { c: '1.0.0' } } };
  for (const place of [`${parent}/node_modules/c`, 'node_modules/a/node_modules/c', 'node_modules/c']) {
    expect(findGaps({ ...wanted, [place]: {} })).toEqual([]);
  }
  expect(findGaps({ ...wanted, 'node_modules/x/node_modules/c': {} })).toHaveLength(1);
});

test('fills a gap with what the name tells, in npm’s order', () => {
  const filled = fillGaps(entries);
  expect(findGaps(filled)).toEqual([]);
  expect(Object.keys(filled)[1]).toBe('node_modules/@tool/darwin-arm64');
  expect(filled['node_modules/@tool/darwin-arm64']).toEqual({
    version: '2.0.0',
    cpu: ['arm64'],
    dev: true,
    license: 'MIT',
    optional: true,
    os: ['darwin'],
  });
});
