import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';

/** Sources by path; each path is unique. @type {Map<string, string>} */
const sources = new Map();

/**
 * Adds a source to the project that is linted. `x` in the path gets a number, so that cases for one folder don't
 * replace each other. @returns the path
 * @param {string} file @param {string} source
 */
function add(file, source) {
  const unique = file.replace(/\bx(?=\.)/, () => `x${sources.size}`);
  if (sources.has(unique)) throw new Error(`${unique} is there already`);
  sources.set(unique, source);
  return unique;
}

/** Rules that each source breaks, by its path. @type {Map<string, Set<string>>} */
const broken = new Map();

// One run of the linter for all cases: starting it takes much longer than linting a line.
beforeAll(() => {
  const project = mkdtempSync(path.join(os.tmpdir(), 'directions-'));
  try {
    cpSync('.oxlintrc.json', path.join(project, '.oxlintrc.json'));
    symlinkSync(path.resolve('node_modules'), path.join(project, 'node_modules'));
    for (const [file, source] of sources) {
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), source);
    }
    const { stdout } = spawnSync(path.resolve('node_modules/.bin/oxlint'), ['--format=json', 'src'], {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const { diagnostics, number_of_files: linted } = JSON.parse(stdout);
    expect(linted).toBe(sources.size);
    for (const { filename, code } of diagnostics) {
      const file = String(filename).replaceAll('\\', '/');
      broken.set(file, (broken.get(file) ?? new Set()).add(String(code)));
    }
  } finally {
    rmSync(project, { recursive: true });
  }
});

/** @param {string} file @param {string} source @param {string} rule */
function refuses(file, source, rule) {
  const added = add(file, source);
  return () => expect([...(broken.get(added) ?? [])].join()).toContain(rule);
}

/** @param {string} file @param {string} source */
function accepts(file, source) {
  const added = add(file, source);
  return () => expect([...(broken.get(added) ?? [])]).toEqual([]);
}

for (const [file, module] of [
  ['src/contract/x.ts', '../engine/y'],
  ['src/contract/x.ts', 'node:fs'],
  ['src/engine/x.ts', 'electron'],
  ['src/engine/deep/x.ts', '../../main/y'],
  ['src/engine/x.ts', '../renderer/src/y'],
  ['src/engine/x.ts', 'react'],
  ['src/engine/x.ts', 'lossless-json'],
  ['src/engine/trino/x.ts', '../sql/y'],
  ['src/engine/trino/x.ts', '@duckdb/node-api'],
  ['src/engine/trino/x.ts', 'node:fs'],
  ['src/engine/trino/x.ts', '../../main/y'],
  ['src/cli/x.ts', 'electron'],
  ['src/cli/x.ts', '../main/y'],
  ['src/main/x.ts', '../renderer/y'],
  ['src/preload/x.ts', '../engine/y'],
  ['src/preload/x.ts', 'node:fs'],
  ['src/renderer/src/x.ts', '../../engine/y'],
  ['src/renderer/src/x.ts', 'electron'],
  ['src/renderer/src/x.ts', 'node:fs'],
]) {
  const check = refuses(file, `export { y } from '${module}';\n`, 'no-restricted-imports');
  test(`${file} may not import ${module}`, check);
}

for (const [file, module] of [
  ['src/contract/x.ts', 'zod'],
  ['src/contract/x.ts', './y'],
  ['src/engine/deep/x.ts', '../../contract/y'],
  ['src/engine/x.ts', 'node:path'],
  ['src/engine/x.ts', '@duckdb/node-api'],
  ['src/engine/trino/x.ts', '../../contract/y'],
  ['src/engine/trino/x.ts', 'lossless-json'],
  ['src/main/x.ts', '../engine/deep/y'],
  ['src/preload/x.ts', '../contract/ports'],
  ['src/preload/x.ts', 'electron'],
  ['src/renderer/src/pages/x.ts', '../../../contract/y'],
]) {
  test(`${file} may import ${module}`, accepts(file, `export { y } from '${module}';\n`));
}

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

for (const [file, line] of places.flatMap((place) => changing.map((each) => [place, each]))) {
  test(`${file} may not say: ${line}`, refuses(file, `${line}\n`, 'no-restricted-imports'));
}

for (const [file, name] of [
  ['src/engine/fs/x.ts', 'rm'],
  ['src/engine/deep/x.test.ts', 'rm'],
  ['src/engine/testing/x.ts', 'mkdir'],
  ['src/main/user-data/user-files.ts', 'copyFile'],
  ['src/engine/x.ts', 'readFile'],
  ['src/cli/x.ts', 'stat'],
]) {
  test(`${file} may import ${name}`, accepts(file, `export { ${name} } from 'node:fs/promises';\n`));
}

/** Ways to prepare a statement that nobody would be sure to destroy. */
const preparing = [
  'export const made = (connection) => connection.prepare("SELECT 1");',
  'export const made = (connection) => connection.extractStatements("SELECT 1");',
  'export const made = async (connection) => (await connection.found).prepare(0);',
  'export const made = ({ prepare }) => prepare("SELECT 1");',
  'export const made = (connection) => connection["prepare"]("SELECT 1");',
];

for (const file of ['src/engine/deep/x.ts', 'src/main/x.ts', 'src/cli/x.ts']) {
  for (const line of preparing) {
    test(`${file} may not say: ${line}`, refuses(file, `${line}\n`, 'no-restricted-properties'));
  }
}

const allPreparing = preparing.map((line, i) => line.replace('made', `made${i}`)).join('\n');
test('one module prepares statements', accepts('src/engine/sql/prepared.ts', `${allPreparing}\n`));

test('nothing is imported from the file system in a way that the linter does not see', () => {
  const files = ['engine', 'cli', 'main'].flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true }).map((name) => path.join('src', folder, String(name))),
  );
  const checked = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(checked.length).toBeGreaterThan(100);
  for (const file of checked) {
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/(?:import|require|getBuiltinModule)\(\s*['"`](?:node:)?fs/);
  }
});
