import { expect, test } from 'vitest';

import { packageOf, readLicence } from './licences.mjs';
import { inProject } from '../lib/paths.mjs';

test.each([
  ['/p/node_modules/react/index.js', '/p/node_modules/react'],
  ['/p/node_modules/@orpc/client/dist/index.mjs?v=1', '/p/node_modules/@orpc/client'],
  ['\0/p/node_modules/a/node_modules/b/c.js?commonjs-proxy', '/p/node_modules/a/node_modules/b'],
  ['C:\\p\\node_modules\\zod\\index.js', 'C:/p/node_modules/zod'],
  ['/p/src/main/index.ts', undefined],
])('the package of %s', (id, folder) => {
  expect(packageOf(id)).toBe(folder);
});

test('a licence is told with its name, version and words', () => {
  const { title, text } = readLicence(inProject('node_modules', 'react'));
  expect(title).toMatch(/^react \d+\.\d+\.\d+ \(MIT\)$/);
  expect(text).toContain('Permission is hereby granted');
});
