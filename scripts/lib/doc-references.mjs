import path from 'node:path';

/** Folders of the project: a path in backticks that starts with one of them starts at the project's folder. */
const roots = new Set(['.github', 'bench', 'docs', 'e2e', 'resources', 'scripts', 'soak', 'src']);

/** Source files are named in prose by any part of their path; of other files only whole paths are checked. */
const sourceFile = /^[\w.@/-]*[\w-]+\.(?:ts|tsx|mts|mjs|cjs)$/;

/** A path without placeholders. */
const plainPath = /^[\w.@/-]+$/;

/**
 * References of a Markdown file to files of the project that don't exist: targets of links, their anchors, and paths in
 * backticks.
 *
 * @param {string} file the Markdown file, by its path from the project's folder
 * @param {ReadonlyMap<string, string | null>} files every file of the project by path, with its text if it is Markdown
 * @returns {string[]} one sentence per broken reference
 */
export function brokenReferences(file, files) {
  const text = withoutFences(files.get(file) ?? '');
  const names = namesOf(files);
  return [...brokenLinks(file, text, files), ...brokenPaths(file, text, names)];
}

/**
 * @param {string} file
 * @param {string} text
 * @param {ReadonlyMap<string, string | null>} files
 */
function* brokenLinks(file, text, files) {
  const { folders } = namesOf(files);
  for (const [, target = ''] of text.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
    const [name = '', anchor] = target.split('#');
    const linked = name === '' ? file : path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
    const whole = linked.replace(/\/$/, '');
    if (!files.has(whole) && !folders.has(whole)) yield `${file} links to ${target}, which doesn't exist.`;
    else if (anchor !== undefined && !anchorsOf(files.get(whole) ?? '').has(anchor))
      yield `${file} links to ${target}, but there is no heading #${anchor}.`;
  }
}

/**
 * @param {string} file
 * @param {string} text
 * @param {{ files: ReadonlySet<string>, folders: ReadonlySet<string>, endings: ReadonlySet<string> }} names
 */
function* brokenPaths(file, text, { files, folders, endings }) {
  for (const [, quoted = ''] of text.matchAll(/`([^`\n]+)`/g)) {
    const name = quoted.replace(/\/$/, '').replace(/^\.\//, '');
    if (!plainPath.test(name)) continue;
    const beside = path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
    const exists =
      files.has(name) || folders.has(name) || files.has(beside) || folders.has(beside) || endings.has(name);
    const isWhole = name.includes('/') && roots.has(name.split('/')[0] ?? '');
    if (!exists && (isWhole || sourceFile.test(name))) yield `${file} mentions ${quoted}, which doesn't exist.`;
  }
}

/** @type {WeakMap<ReadonlyMap<string, unknown>, { files: Set<string>, folders: Set<string>, endings: Set<string> }>} */
const known = new WeakMap();

/**
 * Files and folders by their paths, and the paths of files by all their endings: `fs/folder.ts` and `folder.ts` for
 * `src/engine/fs/folder.ts`.
 *
 * @param {ReadonlyMap<string, unknown>} files
 */
function namesOf(files) {
  const found = known.get(files);
  if (found) return found;
  const names = { files: new Set(files.keys()), folders: new Set(['.']), endings: new Set() };
  for (const file of files.keys()) {
    const parts = file.split('/');
    for (let count = 1; count < parts.length; count += 1) {
      names.folders.add(parts.slice(0, count).join('/'));
      names.endings.add(parts.slice(count).join('/'));
    }
  }
  known.set(files, names);
  return names;
}

/** @param {string} text */
function withoutFences(text) {
  return text.replaceAll(/^```[^]*?^```/gm, '');
}

/**
 * The anchors of a Markdown file's headings, as GitHub makes them.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
function anchorsOf(text) {
  const headings = withoutFences(text).matchAll(/^#+ (.+)$/gm);
  return new Set(
    Array.from(headings, ([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
