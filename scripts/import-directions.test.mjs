import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Lints one file of a project that has our configuration and nothing else; returns what the linter said. */
function lint(file, source) {
  const project = mkdtempSync(path.join(os.tmpdir(), 'directions-'));
  onTestFinished(() => rmSync(project, { recursive: true }));
  cpSync('.oxlintrc.json', path.join(project, '.oxlintrc.json'));
  symlinkSync(path.resolve('node_modules'), path.join(project, 'node_modules'));
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), source);
  try {
    execFileSync(path.resolve('node_modules/.bin/oxlint'), ['src'], { cwd: project, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String(error.stdout);
  }
}

test.each([
  ['src/contract/x.ts', '../engine/y'],
  ['src/contract/x.ts', 'node:fs'],
  ['src/engine/x.ts', 'electron'],
  ['src/engine/deep/x.ts', '../../main/y'],
  ['src/engine/x.ts', '../renderer/src/y'],
  ['src/engine/x.ts', 'react'],
  ['src/cli/x.ts', 'electron'],
  ['src/cli/x.ts', '../main/y'],
  ['src/main/x.ts', '../renderer/y'],
  ['src/preload/x.ts', '../engine/y'],
  ['src/preload/x.ts', 'node:fs'],
  ['src/renderer/src/x.ts', '../../engine/y'],
  ['src/renderer/src/x.ts', 'electron'],
  ['src/renderer/src/x.ts', 'node:fs'],
])('%s may not import %s', (file, module) => {
  expect(lint(file, `export { y } from '${module}';\n`)).toContain('no-restricted-imports');
});

test.each([
  ['src/contract/x.ts', 'zod'],
  ['src/contract/x.ts', './y'],
  ['src/engine/deep/x.ts', '../../contract/y'],
  ['src/engine/x.ts', 'node:fs/promises'],
  ['src/engine/x.ts', '@duckdb/node-api'],
  ['src/main/x.ts', '../engine/deep/y'],
  ['src/preload/x.ts', '../contract/ports'],
  ['src/preload/x.ts', 'electron'],
  ['src/renderer/src/pages/x.ts', '../../../contract/y'],
])('%s may import %s', (file, module) => {
  expect(lint(file, `export { y } from '${module}';\n`)).toBe('');
});
