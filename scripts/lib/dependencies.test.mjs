import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { dependenciesAreCurrent, satisfies } from './dependencies.mjs';

const zod = { version: '4.6.7', integrity: 'sha512-a' };

describe('installed versions against wanted ones', () => {
  test('the same packages will do, the project itself not counted', () => {
    expect(satisfies({ 'node_modules/zod': zod }, { '': {}, 'node_modules/zod': zod })).toBe(true);
  });

  test('a missing package, another version or other contents will not', () => {
    const wanted = { 'node_modules/zod': zod };
    expect(satisfies({}, wanted)).toBe(false);
    expect(satisfies({ 'node_modules/zod': { ...zod, version: '4.6.6' } }, wanted)).toBe(false);
    expect(satisfies({ 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }, wanted)).toBe(false);
  });

  test('an optional package may be missing, since it may be for another system', () => {
    expect(satisfies({}, { 'node_modules/for-mac': { version: '1.0.0', optional: true } })).toBe(true);
  });
});

describe('a project on the disk', () => {
  let root = '';
  const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(path.join(root, name), text);

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'dependencies-'));
    mkdirSync(path.join(root, 'node_modules'));
    write('package-lock.json', JSON.stringify({ packages: { 'node_modules/zod': zod } }));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('is current once npm has left its record', () => {
    expect(dependenciesAreCurrent(root)).toBe(false);
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/zod': zod } }));
    expect(dependenciesAreCurrent(root)).toBe(true);
  });

  test('is not current when the record is torn', () => {
    write('node_modules/.package-lock.json', '{"packages": {"node_mod');
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  test('without a lockfile is reported', () => {
    rmSync(path.join(root, 'package-lock.json'));
    expect(() => dependenciesAreCurrent(root)).toThrow('restore it from the repository');
  });
});
