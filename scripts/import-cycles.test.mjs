import { describe, expect, test } from 'vitest';
import { cycles, folderGraph, importGraph, importsOf, sourceFiles } from './lib/import-graph.mjs';

const graph = importGraph(sourceFiles('src'));

test('no source file is in a cycle of imports', () => {
  expect(cycles(graph)).toEqual([]);
});

test('no folder is in a cycle of imports', () => {
  expect(cycles(folderGraph(graph))).toEqual([]);
});

test('no page imports another page', () => {
  const pageOf = (/** @type {string} */ file) => /^src\/renderer\/src\/pages\/[^/]+/.exec(file)?.[0];
  const across = [...graph].flatMap(([file, targets]) =>
    [...targets].filter((target) => pageOf(file) && pageOf(target) && pageOf(file) !== pageOf(target)),
  );
  expect(across).toEqual([]);
});

test('no folder has more than about twenty source files side by side', () => {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const file of graph.keys()) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  expect([...sizes].filter(([, size]) => size > 24)).toEqual([]);
});

describe('the graph itself', () => {
  test('sees every way to import', () => {
    const text = `
      import a from './static';
      import type { B } from './type';
      export { c } from './re-export';
      export * from './all';
      type D = import('./import-type').D;
      const e = () => import('./dynamic');`;
    const seen = importsOf('x.ts', text).toSorted();
    expect(seen).toEqual(['./all', './dynamic', './import-type', './re-export', './static', './type']);
  });

  test('finds cycles of two, of three, and nothing else', () => {
    const edges = { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['e'], e: ['c', 'f'], f: [] };
    const found = cycles(new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)])));
    expect(found).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  test('joins files to folders', () => {
    const files = new Map([
      ['x/a.ts', new Set(['x/b.ts', 'y/c.ts'])],
      ['y/c.ts', new Set(['x/b.ts'])],
    ]);
    expect(cycles(folderGraph(files))).toEqual([['x', 'y']]);
  });
});
