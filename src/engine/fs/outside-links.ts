import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';
import { isBelow } from './path-checks';

/** More than a workspace has; walking so many takes some seconds. */
const mostEntries = 2_000_000;

/**
 * A link that leads out of some folders, or `unknown` if that can't be found out: they have too many entries, or one of
 * them can't be listed.
 */
export type OutsideLink = { readonly path: string } | 'unknown' | null;

/**
 * Looks for a link to a folder outside, at any depth: a pattern such as `link*\/*` would list that folder. Links to
 * files and dangling links list nothing.
 * @param folders absolute paths; each may itself be a link
 * @throws the system's error for anything but a folder that can't be listed
 */
export async function findOutsideLink(folders: readonly string[], most = mostEntries): Promise<OutsideLink> {
  const roots = (await Promise.all(folders.map(realOrNull))).filter((root) => root !== null);
  const waiting = roots.filter((root, index) => roots.indexOf(root) === index);
  let seen = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(orUnknown);
    if (entries === 'unknown') return entries;
    seen += entries.length;
    if (seen > most) return 'unknown';
    for (const entry of entries) {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(place);
      if (entry.isSymbolicLink() && (await leadsOut(place, roots))) return { path: place };
    }
  }
  return null;
}

async function leadsOut(link: string, roots: readonly string[]): Promise<boolean> {
  const target = await realOrNull(link);
  if (target === null || roots.some((root) => isBelow(target, root))) return false;
  // Of a file, the trailing separator makes this fail.
  return (await realOrNull(`${link}${path.sep}`)) !== null;
}

/** The real path of an entry; null for none, and for a link to nothing or to itself. */
async function realOrNull(entry: string): Promise<string | null> {
  return realpath(entry).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES')) return null;
    throw error;
  });
}

/** A folder that can't be listed can still be traversed: links in it work for those who know their names. */
function orUnknown(error: unknown): never[] | 'unknown' {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
  if (hasCode(error, 'EACCES', 'EPERM', 'ENAMETOOLONG')) return 'unknown';
  throw error;
}
