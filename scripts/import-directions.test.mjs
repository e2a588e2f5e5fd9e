import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Lints one file of a project that has only our configuration; returns the linter's output. */
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
  ['src/engine/x.ts', 'node:path'],
  ['src/engine/x.ts', '@duckdb/node-api'],
  ['src/main/x.ts', '../engine/deep/y'],
  ['src/preload/x.ts', '../contract/ports'],
  ['src/preload/x.ts', 'electron'],
  ['src/renderer/src/pages/x.ts', '../../../contract/y'],
])('%s may import %s', (file, module) => {
  expect(lint(file, `export { y } from '${module}';\n`)).toBe('');
});

/** Imports that could change a workspace without the module that checks paths. */
const changing = [
  "import { rm } from 'node:fs/promises';",
  "import { rename as move } from 'node:fs/promises';",
  "import { writeFileSync } from 'node:fs';",
  "import { open } from 'node:fs/promises';",
  "import { promises } from 'node:fs';",
  "import { createWriteStream } from 'node:fs';",
  "import fs from 'node:fs';",
  "import fs, { stat } from 'node:fs/promises';",
  "import * as fs from 'node:fs/promises';",
  "import { readFile } from 'fs/promises';",
  "import fs from 'fs';",
  "export { rm } from 'node:fs/promises';",
  "export * from 'node:fs';",
];
const places = ['src/engine/deep/x.ts', 'src/engine/x.ts', 'src/cli/x.ts', 'src/main/x.ts'];

test.each(places.flatMap((file) => changing.map((line) => [file, line])))('%s may not say: %s', (file, line) => {
  expect(lint(file, `${line}\n`)).toContain('no-restricted-imports');
});

test.each([
  ['src/engine/fs/x.ts', 'rm'],
  ['src/engine/deep/x.test.ts', 'rm'],
  ['src/engine/testing/x.ts', 'mkdir'],
  ['src/main/user-data/user-files.ts', 'copyFile'],
  ['src/engine/x.ts', 'readFile'],
  ['src/cli/x.ts', 'stat'],
])('%s may import %s', (file, name) => {
  expect(lint(file, `export { ${name} } from 'node:fs/promises';\n`)).toBe('');
});

/** Ways to prepare a statement that nobody would be sure to destroy. */
const preparing = [
  'export const made = (connection) => connection.prepare("SELECT 1");',
  'export const made = (connection) => connection.extractStatements("SELECT 1");',
  'export const made = async (connection) => (await connection.found).prepare(0);',
  'export const made = ({ prepare }) => prepare("SELECT 1");',
  'export const made = (connection) => connection["prepare"]("SELECT 1");',
];

test.each(
  ['src/engine/deep/x.ts', 'src/main/x.ts', 'src/cli/x.ts'].flatMap((file) => preparing.map((line) => [file, line])),
)('%s may not say: %s', (file, line) => {
  expect(lint(file, `${line}\n`)).toContain('no-restricted-properties');
});

test('one module prepares statements', () => {
  for (const line of preparing) expect(lint('src/engine/sql/prepared.ts', `${line}\n`)).toBe('');
});

test('nothing is imported from the file system in a way that the linter does not see', () => {
  const files = ['engine', 'cli', 'main'].flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true }).map((name) => path.join('src', folder, String(name))),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(sources.length).toBeGreaterThan(100);
  for (const file of sources) {
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/(?:import|require|getBuiltinModule)\(\s*['"`](?:node:)?fs/);
  }
});
