import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'vite';

/*
 * The imports between source files, read from the syntax trees: static imports, re-exports, dynamic imports and type
 * imports. Tests and modules that only they use (`testing`, `attack`) are left out.
 */

/** @typedef {Map<string, Set<string>>} Graph the targets of each node */

/**
 * Source files below a folder, sorted, without tests.
 *
 * @param {string} root
 * @returns {string[]} paths with `/`, starting with `root`
 */
export function sourceFiles(root) {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(root, name.split(path.sep).join('/')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|\/(?:testing|attack)(?:\/|\.ts$)/.test(file))
    .toSorted();
}

/**
 * @param {readonly string[]} files
 * @returns {Graph} the files of `files` that each of them imports
 */
export function importGraph(files) {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const targets = importsOf(file, readFileSync(file, 'utf8')).flatMap((specifier) => resolve(file, specifier));
      return [file, new Set(targets.filter((target) => known.has(target)))];
    }),
  );
}

/**
 * @param {string} file its name determines the syntax
 * @param {string} text
 * @returns {string[]} its imports, as written
 */
export function importsOf(file, text) {
  /** @type {string[]} */
  const found = [];
  const { program, module } = parseSync(file, text);
  const visitor = new Visitor({
    ImportExpression: ({ source }) => void (source.type === 'Literal' && found.push(String(source.value))),
    TSImportType: ({ source }) => void found.push(source.value),
  });
  visitor.visit(program);
  const reExported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest));
  const imported = module.staticImports.map((statement) => statement.moduleRequest);
  return [...found, ...[...imported, ...reExported].flatMap((request) => request?.value ?? [])];
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string[]} the imported file; none for a package
 */
function resolve(file, specifier) {
  if (!specifier.startsWith('.')) return [];
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return [target, `${target}.ts`, `${target}.tsx`].filter((name) => existsSync(name)).slice(-1);
}

/**
 * The same graph for folders: an edge for each import from a file of one folder to a file of another.
 *
 * @param {Graph} graph of files
 * @returns {Graph}
 */
export function folderGraph(graph) {
  /** @type {Graph} */
  const folders = new Map();
  for (const [file, targets] of graph) {
    const folder = path.posix.dirname(file);
    const edges = folders.get(folder) ?? new Set();
    folders.set(folder, edges);
    for (const target of targets) {
      const other = path.posix.dirname(target);
      if (other !== folder) edges.add(other);
    }
  }
  return folders;
}

/**
 * Groups of nodes each of which can be reached from every other, by Tarjan's algorithm.
 *
 * @param {Graph} graph
 * @returns {string[][]} sorted; groups of one are no cycle and left out
 */
export function cycles(graph) {
  /** @type {Map<string, { index: number, low: number }>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const groups = [];
  /** @param {string} node */
  const visit = (node) => {
    const place = { index: seen.size, low: seen.size };
    seen.set(node, place);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      const known = seen.get(next);
      if (!known) place.low = Math.min(place.low, visit(next).low);
      else if (stack.includes(next)) place.low = Math.min(place.low, known.index);
    }
    if (place.low === place.index) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) groups.push(group.toSorted());
    }
    return place;
  };
  for (const node of graph.keys()) if (!seen.has(node)) visit(node);
  return groups.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
}
