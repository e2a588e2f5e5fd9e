import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'vite';
import { cycles, folderGraph, importGraph, sourceFiles } from './lib/import-graph.mjs';

/*
 * Prints the shape of the source code: sizes, comments, casts, cycles, folders. CONTRIBUTING.md has the figures to keep.
 * Run it with `npm run shape`; another folder can be given: `npm run shape -- src/engine`.
 */

/** @typedef {{ functions: number[], comments: number, casts: number, anys: number, nonNulls: number, exports: number, documented: number }} Counts */

/**
 * @param {string} file
 * @param {string} text
 * @returns {Counts}
 */
function countsOf(file, text) {
  const { program, comments } = parseSync(file, text);
  /** @param {number} offset */
  const lineOf = (offset) => text.slice(0, offset).split('\n').length;
  /** @param {{ start: number, end: number }} node */
  const linesOf = ({ start, end }) => lineOf(end) - lineOf(start) + 1;
  const counts = { functions: [], comments: 0, casts: 0, anys: 0, nonNulls: 0, exports: 0, documented: 0 };
  /** @type {Counts} */
  const found = counts;
  for (const comment of comments) found.comments += linesOf(comment);
  /** @param {{ start: number }} node */
  const isDocumented = (node) =>
    comments.some(
      ({ end, value }) => value.startsWith('*') && end <= node.start && !text.slice(end, node.start).trim(),
    );
  const visitor = new Visitor({
    FunctionDeclaration: (node) => void found.functions.push(linesOf(node)),
    MethodDefinition: (node) => void found.functions.push(linesOf(node)),
    VariableDeclarator: ({ init }) => {
      if (init?.type === 'ArrowFunctionExpression') found.functions.push(linesOf(init));
    },
    TSAsExpression: ({ typeAnnotation }) => {
      if (text.slice(typeAnnotation.start, typeAnnotation.end) !== 'const') found.casts += 1;
    },
    TSAnyKeyword: () => void (found.anys += 1),
    TSNonNullExpression: () => void (found.nonNulls += 1),
  });
  visitor.visit(program);
  for (const node of program.body) {
    const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
    if (!isExport || (node.type === 'ExportNamedDeclaration' && !node.declaration)) continue;
    found.exports += 1;
    if (isDocumented(node)) found.documented += 1;
  }
  return found;
}

/**
 * @param {readonly number[]} sizes
 * @returns {string} median, 90th percentile, largest
 */
function spread(sizes) {
  const sorted = sizes.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `median ${at(0.5)}, 90th percentile ${at(0.9)}, largest ${at(1)}`;
}

/** @param {string} root */
function describe(root) {
  const files = sourceFiles(root);
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const lines = texts.map((text) => text.trimEnd().split('\n').length);
  const counts = files.map((file, index) => countsOf(file, texts[index] ?? ''));
  /** @param {Exclude<keyof Counts, 'functions'>} what */
  const total = (what) => counts.reduce((sum, count) => sum + count[what], 0);
  const allLines = lines.reduce((sum, count) => sum + count, 0);
  const functions = counts.flatMap((count) => count.functions);
  const graph = importGraph(files);
  /** @type {Map<string, number>} */
  const folders = new Map();
  for (const file of files) folders.set(path.posix.dirname(file), (folders.get(path.posix.dirname(file)) ?? 0) + 1);
  const [fullest = ['', 0]] = [...folders].toSorted(([, a], [, b]) => b - a);
  const words = texts.flatMap((text, index) => commentWords(files[index] ?? '', text));
  const what = words.filter((word) => /^what$/i.test(word)).length;
  return [
    `files              ${files.length}, ${allLines} lines: ${spread(lines)}`,
    `functions          ${functions.length}: ${spread(functions)}`,
    `comments           ${Math.round((100 * total('comments')) / allLines)}% of lines`,
    `"what" in comments ${((1000 * what) / words.length).toFixed(1)} per 1,000 words`,
    `any, casts, !      ${total('anys')}, ${total('casts')}, ${total('nonNulls')}`,
    `exports documented ${Math.round((100 * total('documented')) / total('exports'))}% of ${total('exports')}`,
    `cycles of files    ${cycles(graph).length}`,
    `cycles of folders  ${cycles(folderGraph(graph)).length}`,
    `folders            ${folders.size}; the fullest has ${fullest[1]} files (${fullest[0]})`,
  ].join('\n');
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} the words of its comments
 */
function commentWords(file, text) {
  return parseSync(file, text).comments.flatMap(({ value }) => value.match(/[A-Za-z’']+/g) ?? []);
}

console.log(describe(process.argv[2] ?? 'src'));
