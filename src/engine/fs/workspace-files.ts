import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, opendir, readlink, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from '../error-code';
import { readBounded, type BoundedRead } from './bounded-read';
import { folderGone } from './folder-guard';

/** A workspace, as far as the safety of its paths goes. */
export interface GuardedRoot {
  /** The workspace's folder, absolute. The user chose it: links above it are the user's own. */
  readonly folder: string;
  /**
   * Links inside the workspace that the user has agreed to follow, with the real path that each led to at that time: a
   * link that leads elsewhere by now is refused again. The key is the path from the workspace, such as `data/events`.
   */
  readonly agreedLinks: ReadonlyMap<string, string>;
}

/** An entry of a folder, by its own kind: a link is a link, whatever it leads to. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** The entries of a folder, and whether there were more than the caller wanted. */
export interface Listing {
  readonly entries: readonly FolderEntry[];
  readonly truncated: boolean;
}

/**
 * Writes, moves and deletes inside one workspace, and nowhere else: the only code that may. A workspace may come from
 * anybody, so each folder on the way to a path is looked at without following links before anything is changed below
 * it. Make one instance for one operation (a commit, a recovery): a folder that was looked at is not looked at twice
 * by the same instance.
 *
 * All paths are absolute and must be below the workspace. Errors of the file system come through as they are; a path
 * that leaves the workspace, or meets a link, is an {@link AppError}.
 */
export class WorkspaceFiles {
  readonly #folders = new Map<string, Promise<void>>();

  constructor(private readonly root: GuardedRoot) {}

  /** Makes a folder and those above it, up to the workspace's own, which must exist: a workspace is not made twice. */
  async makeFolder(folder: string): Promise<void> {
    const parts = this.#partsOf(folder);
    for (let length = 1; length <= parts.length; length += 1) {
      const current = path.join(this.root.folder, ...parts.slice(0, length));
      await this.#checkFolder(path.dirname(current));
      await mkdir(current).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) throw folderGone(this.root.folder);
        if (!hasCode(error, 'EEXIST')) throw error;
      });
      await this.#checkFolder(current);
    }
  }

  /** Makes a folder that must not exist yet; its parents must. @throws EEXIST */
  async makeNewFolder(folder: string): Promise<void> {
    await this.#checkParents(folder);
    await mkdir(folder);
  }

  /**
   * Renames a regular file or a folder, over what is there. Links and other kinds of files are left where they are.
   * @returns false where there is nothing to move, or something that must not be moved
   */
  async move(from: string, to: string): Promise<boolean> {
    await Promise.all([this.#checkParents(from), this.#checkParents(to)]);
    const source = await lookAt(from);
    if (!source || !(source.isFile() || source.isDirectory())) return false;
    await rename(from, to);
    this.#forget(from);
    return true;
  }

  /** Removes a file, or a link itself; nothing happens where there is none. Folders are refused by the system. */
  async remove(file: string): Promise<void> {
    await this.#checkParents(file);
    await rm(file, { force: true });
  }

  /** Removes a folder with everything in it; of a link, the link alone. Nothing happens where there is none. */
  async removeTree(folder: string): Promise<void> {
    await this.#checkParents(folder);
    // Retries: a killed writer may take a moment to let go, and on Windows so may a virus scanner.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#forget(folder);
  }

  /** Removes a folder that is empty. @returns false where it is not, or is none */
  async removeEmptyFolder(folder: string): Promise<boolean> {
    await this.#checkParents(folder);
    try {
      await rmdir(folder);
      this.#forget(folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR')) return false;
      throw error;
    }
  }

  /** Writes a file that must not exist yet. @throws EEXIST; nothing is left where the disk is full */
  async create(file: string, data: string | Uint8Array): Promise<void> {
    await this.#checkParents(file);
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(data);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** Puts a file in the place of another in one step: readers see the old one or the new one, never half of it. */
  async replace(file: string, data: string | Uint8Array): Promise<void> {
    const aside = asideOf(file);
    await this.create(aside, data);
    try {
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  /**
   * Appends to a file, which is made where there is none. What is there must be a regular file with no other name: a
   * hard link may belong to a file outside of the workspace.
   * @param separator comes first where the file doesn't end with it, so that a torn line costs itself alone
   */
  async append(file: string, data: string, separator: string): Promise<void> {
    await this.#checkParents(file);
    await this.#requireOwnFile(file);
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    const handle = await open(file, flags);
    try {
      const { size } = await handle.stat();
      const end = Buffer.alloc(Math.min(size, Buffer.byteLength(separator)));
      await handle.read(end, 0, end.length, size - end.length);
      const torn = size > 0 && end.toString() !== separator;
      await handle.appendFile(`${torn ? separator : ''}${data}`);
    } finally {
      await handle.close();
    }
  }

  /**
   * Reads a small file that the user or another program may have put here. Links are followed as long as they stay in
   * the workspace.
   */
  async read(file: string, maxBytes: number): Promise<BoundedRead> {
    this.#partsOf(file);
    const real = await realpath(file).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return null;
      throw error;
    });
    if (real === null) return (await lookAt(file)) ? { status: 'refused', reason: 'a link' } : { status: 'missing' };
    if (!(await this.#isInside(real))) return { status: 'refused', reason: 'a link' };
    return readBounded(real, maxBytes, false);
  }

  /** Reads a small file that this program wrote: a link in its place is refused. */
  async readOwn(file: string, maxBytes: number): Promise<BoundedRead> {
    await this.#checkParents(file);
    return readBounded(file, maxBytes, false);
  }

  /** At most `limit` entries of a folder, in no order; null where there is none. */
  async list(folder: string, limit: number): Promise<Listing | null> {
    try {
      await this.#checkFolder(folder);
      const entries: FolderEntry[] = [];
      for await (const entry of await opendir(folder)) {
        if (entries.length === limit) return { entries, truncated: true };
        entries.push({ name: entry.name, kind: kindOf(entry) });
      }
      return { entries, truncated: false };
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  }

  /**
   * Checks a path that DuckDB is about to write: nothing is there, or a regular file with no other name.
   * @returns the same path
   */
  async checkTarget(file: string): Promise<string> {
    await this.#checkParents(file);
    await this.#requireOwnFile(file);
    return file;
  }

  /** Checks a folder that DuckDB is about to write to. @returns the same path */
  async checkFolder(folder: string): Promise<string> {
    await this.#checkFolder(folder);
    return folder;
  }

  async #requireOwnFile(file: string): Promise<void> {
    const found = await lookAt(file);
    if (!found) return;
    const name = this.#nameOf(file);
    if (found.isSymbolicLink()) throw await this.#linkRefused(file);
    if (!found.isFile()) throw refused(`${name} is not a regular file.`, `Move ${name} away, then try again.`);
    if (found.nlink > 1) {
      throw refused(
        `${name} is a hard link: the same file has another name, perhaps outside of the workspace.`,
        `Replace ${name} by a copy of its own, then try again.`,
      );
    }
  }

  #checkParents(file: string): Promise<void> {
    this.#partsOf(file);
    return this.#checkFolder(path.dirname(file));
  }

  /** Looks at each folder from the workspace down to `folder`; one that is missing stops the walk. */
  #checkFolder(folder: string): Promise<void> {
    if (folder === this.root.folder) return Promise.resolve();
    this.#partsOf(folder);
    const known = this.#folders.get(folder);
    if (known) return known;
    const checked = this.#lookAtFolder(folder);
    this.#folders.set(folder, checked);
    // What was missing or refused may be right the next time.
    checked.catch(() => this.#folders.delete(folder));
    return checked;
  }

  async #lookAtFolder(folder: string): Promise<void> {
    await this.#checkFolder(path.dirname(folder));
    const found = await lstat(folder);
    if (found.isSymbolicLink()) {
      if (await this.#isAgreed(folder)) return;
      throw await this.#linkRefused(folder);
    }
    if (!found.isDirectory()) {
      const name = this.#nameOf(folder);
      throw refused(`${name} must be a folder, and is not.`, `Move ${name} away, then try again.`);
    }
  }

  async #isAgreed(link: string): Promise<boolean> {
    const agreed = this.root.agreedLinks.get(this.#nameOf(link));
    return agreed !== undefined && agreed === (await realpath(link).catch(() => null));
  }

  async #isInside(real: string): Promise<boolean> {
    const roots = [await realpath(this.root.folder), ...this.root.agreedLinks.values()];
    return roots.some((root) => isBelow(real, root));
  }

  async #linkRefused(link: string): Promise<AppError> {
    const name = this.#nameOf(link);
    const target = (await realpath(link).catch(() => null)) ?? (await readlink(link).catch(() => 'an unknown place'));
    return new AppError('LINK_NOT_ALLOWED', `${name} is a link to ${target}.`, {
      action: `Nothing was written. Replace the link by a folder or file of its own, or allow this target for ${name}.`,
      link: { path: name, target },
    });
  }

  /** What was looked at below a folder that moved is not there any more. */
  #forget(folder: string): void {
    for (const known of this.#folders.keys()) {
      if (known === folder || known.startsWith(folder + path.sep)) this.#folders.delete(known);
    }
  }

  /** The path from the workspace, with `/`. */
  #nameOf(file: string): string {
    return this.#partsOf(file).join('/');
  }

  /** @throws AppError where the path is not below the workspace */
  #partsOf(file: string): string[] {
    const relative = path.relative(this.root.folder, file);
    const parts = relative.split(path.sep);
    if (relative === '' || parts[0] === '..' || path.isAbsolute(relative) || file.includes('\0')) {
      throw refused(`${file} is not inside the workspace.`, 'Choose a place inside the workspace.');
    }
    return parts;
  }
}

/** Whether a real path is `root` or below it. */
export function isBelow(real: string, root: string): boolean {
  const relative = path.relative(root, real);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Beside the file, so that a rename puts it in place; short, so that a long name stays possible. */
function asideOf(file: string): string {
  return path.join(path.dirname(file), `${asidePrefix}${randomBytes(8).toString('hex')}`);
}

/** What the names of files begin with that were never renamed into place; leftovers are swept when a workspace opens. */
export const asidePrefix = '.unfinished-';

async function lookAt(file: string): Promise<Stats | null> {
  return lstat(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  });
}

export function kindOf(entry: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): FolderEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function refused(message: string, action: string): AppError {
  return new AppError('WORKSPACE_INVALID', message, { action });
}
