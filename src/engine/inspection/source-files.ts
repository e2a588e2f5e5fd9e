import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile, SourceFiles } from '../../contract/sources';
import { hasCode } from '../fs/errno';
import { folderEntries, type FolderEntry } from '../fs/folder-entries';
import { quotePath } from '../sql/quote';
import type { Workspace } from '../workspace';

/** Enough for ten years of days with several files each; listing so many takes about a second. */
const mostEntries = 50_000;
const mostLevels = 12;

const readers = [
  { name: 'read_parquet', pattern: /\.parquet$/i },
  { name: 'read_csv', pattern: /\.[ct]sv(\.gz|\.zst)?$/i },
  { name: 'read_json', pattern: /\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i },
] as const;

/** DuckDB's function for a file, by the end of its name; null if SQL can't read it. */
export function readerOf(file: string): (typeof readers)[number]['name'] | null {
  return readers.find(({ pattern }) => pattern.test(file))?.name ?? null;
}

/**
 * The files of a workspace that SQL can read, by path. Hidden entries are left out, and so are links, except those that
 * the user has agreed to: SQL may not read beyond them either.
 * @param most entries to look at, for tests
 */
export async function listSourceFiles(workspace: Workspace, most = mostEntries): Promise<SourceFiles> {
  const files: SourceFile[] = [];
  const waiting: { readonly place: string; readonly level: number }[] = [{ place: '', level: 0 }];
  let left = most;
  let truncated = false;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { place, level } = next;
    const { entries, truncated: cut } = await entriesOf(path.join(workspace.folder, place), left);
    truncated ||= cut;
    left -= entries.length;
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const inner = place === '' ? entry.name : `${place}/${entry.name}`;
      if (await isFolder(entry, inner, workspace)) {
        if (level < mostLevels) waiting.push({ place: inner, level: level + 1 });
        else truncated = true;
      } else if (entry.kind === 'file' && readerOf(entry.name)) files.push({ path: inner, sql: quotePath(inner) });
    }
  }
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { files, truncated };
}

/** A folder that can't be listed has no files here. */
async function entriesOf(folder: string, limit: number) {
  return folderEntries(folder, limit).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ELOOP')) {
      return { entries: [], truncated: false };
    }
    throw error;
  });
}

async function isFolder({ kind }: FolderEntry, place: string, { folder, agreedLinks }: Workspace): Promise<boolean> {
  if (kind !== 'link') return kind === 'folder';
  const agreed = agreedLinks.get(place);
  return agreed !== undefined && agreed === (await realpath(path.join(folder, place)).catch(() => null));
}
