import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, readlink, realpath, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hasCode } from '../fs/errno';
import { workspaceAt, type Workspace } from '../workspace';

/** A workspace as somebody else may have sent it, in a home folder with neighbours that must not change. */
export interface HostileWorkspace {
  readonly workspace: Workspace;
  /** The folder with the workspace and its neighbours. */
  readonly home: string;
  /** A folder with the user's files, which no attack may change. */
  readonly documents: string;
  /** Writes a file of the workspace, creating its folders. */
  readonly put: (file: string, content?: string) => Promise<void>;
  /** Creates a symbolic link in the workspace. @param target absolute, or from the link's folder */
  readonly link: (file: string, target: string) => Promise<void>;
  /** Creates a named pipe, which blocks forever when opened. */
  readonly pipe: (file: string) => Promise<void>;
  /** Everything outside the workspace, with kinds, change times and checksums: equal as long as nothing was changed. */
  readonly neighbours: (options?: SnapshotOptions) => Promise<Record<string, string>>;
}

interface SnapshotOptions {
  /** Leaves out link counts: that of a neighbour drops if a hard link to it in the workspace is removed. */
  readonly withoutLinkCounts?: boolean;
}

/** Creates one; the caller removes it. @param parent where its home folder is created */
export async function makeHostileWorkspace(parent = os.tmpdir()): Promise<HostileWorkspace> {
  const home = await realpath(await mkdtemp(path.join(parent, 'hostile-')));
  const workspace = workspaceAt(path.join(home, 'Projects', 'workspace'));
  const documents = path.join(home, 'Documents');
  await mkdir(workspace.folder, { recursive: true });
  await write(path.join(home, '.bashrc'), 'mine');
  await write(path.join(documents, 'note.txt'), 'mine');
  // Named like a run, a day and an event file, so that checks of names alone don't protect them.
  await write(path.join(documents, '20250101T000000000-aaaaaa', 'thesis.txt'), 'mine');
  await write(path.join(documents, 'date=2025-01-01', 'events-mine.parquet'), 'mine');
  await mkdir(path.join(documents, 'empty'));
  await write(
    path.join(home, 'Projects', 'another', 'data', 'events', 'date=2024-01-02', 'events-mine.parquet'),
    'mine',
  );
  await write(path.join(home, 'Projects', 'another', 'exports', 'out.csv'), 'mine');
  const at = async (file: string) => {
    const full = path.join(workspace.folder, file);
    await mkdir(path.dirname(full), { recursive: true });
    return full;
  };
  return {
    workspace,
    home,
    documents,
    put: async (file, content = '') => writeFile(await at(file), content),
    link: async (file, target) => symlink(target, await at(file)),
    pipe: async (file) => void execFileSync('mkfifo', [await at(file)]),
    neighbours: (options) => snapshot(Buffer.from(home), workspace.folder, options),
  };
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Paths are bytes: a trap below a link leaves names in a neighbour that aren't text. */
async function snapshot(
  folder: Buffer,
  leftOut: string,
  options: SnapshotOptions = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  // A trap may have taken the permissions of a neighbour.
  const names = await readdir(folder, { encoding: 'buffer' }).catch(withoutPermission<Buffer[]>([]));
  for (const name of names.toSorted((a, b) => a.compare(b))) {
    const file = Buffer.concat([folder, Buffer.from(path.sep), name]);
    const key = file.toString('latin1');
    if (file.toString() === leftOut) continue;
    const entry = await lstat(file);
    const { mode, mtimeMs } = entry;
    const nlink = options.withoutLinkCounts && entry.isFile() ? '-' : entry.nlink;
    const content = await contentOf(file, entry);
    // A folder's time shows that something was created in it and removed again.
    const isWay = leftOut.startsWith(file.toString() + path.sep);
    found[key] = isWay ? String(mode) : [mode, mtimeMs, nlink, content].join(' ');
    if (entry.isDirectory()) Object.assign(found, await snapshot(file, leftOut, options));
  }
  return found;
}

/** Larger than any neighbour at the start; if an attack makes a file this large, its size shows it. */
const mostHashedBytes = 100_000_000;

async function contentOf(file: Buffer, entry: Stats): Promise<string> {
  if (entry.isSymbolicLink()) return readlink(file);
  if (!entry.isFile()) return '';
  if (entry.size > mostHashedBytes) return String(entry.size);
  return createHash('sha256')
    .update(await readFile(file).catch(withoutPermission('')))
    .digest('hex');
}

function withoutPermission<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (hasCode(error, 'EACCES')) return instead;
    throw error;
  };
}
