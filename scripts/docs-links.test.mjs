import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { brokenReferences } from './lib/doc-references.mjs';

/** Generated folders, which documents don't refer to. */
const made = new Set(['.git', 'dist', 'node_modules', 'out', 'playwright-report', 'test-results']);

/** Changelog entries use the file names of their time. */
const history = 'CHANGELOG.md';

/** @returns {Generator<string, void, void>} every file below a folder, by its path from the project's */
function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) yield name;
    else if (!made.has(entry.name)) yield* filesBelow(name);
  }
}

function projectFiles() {
  return new Map(
    Array.from(filesBelow('.'), (file) => [file, file.endsWith('.md') ? readFileSync(file, 'utf8') : null]),
  );
}

test('every link and every path in the documents leads to a file that exists', () => {
  const files = projectFiles();
  const documents = [...files.keys()].filter((file) => file.endsWith('.md') && file !== history);
  expect(documents.length).toBeGreaterThan(5);
  expect(documents.flatMap((file) => brokenReferences(file, files))).toEqual([]);
});

/** A project of two documents and a few files. */
function project(text) {
  return new Map([
    ['docs/a.md', text],
    ['docs/b.md', '# Title\n\n## What it `does`, and why\n\n```\n## no heading\n```\n'],
    ['src/engine/fs/folder.ts', null],
    ['resources/models/gold/gold_x.sql', null],
  ]);
}

test.each([
  '[b](b.md) [b](./b.md#what-it-does-and-why) [up](../src/engine/fs) [out](https://example.org/x.md) [self](#here)\n## Here',
  '`src/engine/fs/folder.ts`, `engine/fs/folder.ts`, `folder.ts`, `src/engine`, `../src/engine/fs/`, `b.md`',
  '`resources/models/gold/gold_x.sql` in `models/*.sql`, `gold_y.sql`, `data/events`, `settings.json`, `npm run x`',
  '```\nsrc/gone.ts `src/gone.ts` [x](gone.md)\n```',
])('finds nothing wrong with %j', (text) => {
  expect(brokenReferences('docs/a.md', project(text))).toEqual([]);
});

test.each([
  ['[b](c.md)', 'links to c.md'],
  ['[b](b.md#no-heading)', 'no heading #no-heading'],
  ['[b](#gone)', 'no heading #gone'],
  ['![picture](images/x.png)', 'links to images/x.png'],
  ['`src/engine/folder.ts`', 'mentions src/engine/folder.ts'],
  ['`fs/gone.ts`', 'mentions fs/gone.ts'],
  ['`gone.mjs`', 'mentions gone.mjs'],
  ['`src/gone`', 'mentions src/gone'],
  ['`resources/models/gold/gold_y.sql`', 'mentions resources/models/gold/gold_y.sql'],
])('finds what is wrong with %j', (text, problem) => {
  expect(brokenReferences('docs/a.md', project(text))).toEqual([expect.stringContaining(problem)]);
});
