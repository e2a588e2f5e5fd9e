/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [license]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 */
/** @typedef {Record<string, LockEntry>} LockEntries by their place, "node_modules/..." */
/** @typedef {{ parent: string, name: string, version: string }} Gap an optional package that the lockfile leaves out */

const systems = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);
const processors = new Set(['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);

/**
 * Finds the optional packages, those for other systems, that a lockfile leaves out. npm writes such a lockfile if its
 * registry doesn't offer them, and `npm ci` then refuses it, everywhere.
 *
 * @param {LockEntries} entries
 * @returns {Gap[]}
 */
export function findGaps(entries) {
  return Object.entries(entries).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isResolved(entries, parent, name))
      .map(([name, version]) => ({ parent, name, version })),
  );
}

/**
 * Adds an entry for each gap: npm skips it on other systems, and fetches it by name and version on its own.
 *
 * @param {LockEntries} entries
 * @returns {LockEntries}
 */
export function fillGaps(entries) {
  const all = { ...entries };
  for (const { parent, name, version } of findGaps(entries)) {
    all[`node_modules/${name}`] = entryFor(entries[parent] ?? {}, name, version);
  }
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}

/**
 * @param {LockEntry} parent
 * @param {string} name tells the package's platform, as in "@oxlint/binding-linux-x64-musl"
 * @param {string} version
 * @returns {LockEntry}
 */
function entryFor(parent, name, version) {
  const words = name.slice(name.indexOf('/') + 1).split('-');
  const os = words.filter((word) => systems.has(word));
  const cpu = words.filter((word) => processors.has(word));
  const libc = os.includes('linux') ? words.flatMap((word) => ({ musl: 'musl', gnu: 'glibc' })[word] ?? []) : [];
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(parent.dev && { dev: true }),
    ...(libc.length > 0 && { libc }),
    ...(parent.license && { license: parent.license }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

/**
 * Searches where Node would: below the parent, then in each folder above.
 *
 * @param {LockEntries} entries
 * @param {string} parent
 * @param {string} name
 */
function isResolved(entries, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder && `${folder}/`}node_modules/${name}` in entries) return true;
    if (folder === '') return false;
  }
}
