import { constants, rmSync, writeFileSync, type Dirent } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { AppError } from '../../contract/app-error';
import { hasCode } from './errno';
import { readBounded, type BoundedRead } from './bounded-read';
import { folderEntries, kindOf, type FolderEntry, type Listing } from './folder-entries';
import { folderGone } from './opened-folder';
import { ownedName } from './owned-name';
import { asideName } from './set-aside';
import { lookAt, PathChecks, type WorkspaceRoot } from './path-checks';

export type { FolderEntry, Listing } from './folder-entries';

/** What is at a path, without following a link. */
export interface Found {
  readonly kind: FolderEntry['kind'];
  readonly bytes: number;
  /** Whether the same file has another name, perhaps outside of the workspace. */
  readonly shared: boolean;
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
  readonly #checks: PathChecks;

  constructor(private readonly root: WorkspaceRoot) {
    this.#checks = new PathChecks(root);
  }

  /** Makes a folder and those above it, up to the workspace's own, which must exist: a workspace is not made twice. */
  async makeFolder(folder: string): Promise<void> {
    if (this.#checks.isKnown(folder)) return this.#checks.checkFolder(folder);
    const parent = path.dirname(folder);
    if (this.#checks.partsOf(folder).length > 1) await this.makeFolder(parent);
    try {
      await mkdir(folder);
      this.#checks.learnFolder(folder);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw folderGone(this.root.folder);
      if (!hasCode(error, 'EEXIST')) throw error;
      await this.#checks.checkFolder(folder);
    }
  }

  /** Makes a folder that must not exist yet; its parents must. @throws EEXIST */
  async makeNewFolder(folder: string): Promise<void> {
    await this.#checks.checkParents(folder);
    await mkdir(folder);
  }

  /**
   * Renames a regular file or a folder, over what is there. Links and other kinds of files are left where they are.
   * @returns false where there is nothing to move, or something that must not be moved
   */
  async move(from: string, to: string): Promise<boolean> {
    if (!(await this.#hasParents(from))) return false;
    await this.#checks.checkParents(to);
    const source = await lookAt(from);
    if (!source || !(source.isFile() || source.isDirectory())) return false;
    return this.#rename(from, to);
  }

  /**
   * The same for a regular file, never over another: not even over one that appears at the last moment. Where two names
   * are one file, as when only the case changes, it is renamed.
   * @throws EEXIST where the new name is taken
   */
  async moveToFreeName(from: string, to: string): Promise<boolean> {
    if (!(await this.#hasParents(from))) return false;
    await this.#checks.checkParents(to);
    const source = await lookAt(from);
    if (!source?.isFile()) return false;
    try {
      await this.#linkOrFail(from, to);
    } catch (error) {
      const target = hasCode(error, 'EEXIST') ? await lookAt(to) : null;
      if (!target || target.ino !== source.ino || target.dev !== source.dev) throw error;
      return this.#rename(from, to);
    }
    await rm(from, { force: true });
    return true;
  }

  /**
   * The same for an entry that a listing of this instance has shown to be a file or a folder: a thousand are not looked
   * at again one by one. A rename follows no link, so that at worst a link moves inside the workspace.
   * @returns false where it is gone
   */
  async moveListed(from: string, to: string): Promise<boolean> {
    await Promise.all([this.#checks.checkParents(from), this.#checks.checkParents(to)]);
    return this.#rename(from, to);
  }

  /**
   * Renames whatever is at a path, so that its name is free; of a link, the link itself.
   * @returns its new name, in the same folder; null where there was nothing
   */
  async setAside(file: string): Promise<string | null> {
    await this.#checks.checkParents(file);
    const aside = asideName(file);
    return (await this.#rename(file, aside)) ? path.basename(aside) : null;
  }

  /** Removes a file, or a link itself; nothing happens where there is none. Folders are refused by the system. */
  async remove(file: string): Promise<void> {
    if (await this.#hasParents(file)) await rm(file, { force: true });
  }

  /** Removes a folder with everything in it; of a link, the link alone. Nothing happens where there is none. */
  async removeTree(folder: string): Promise<void> {
    if (!(await this.#hasParents(folder))) return;
    // Retries: a killed writer may take a moment to let go, and on Windows so may a virus scanner.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#checks.forget(folder);
  }

  /** Removes a folder that is empty. @returns false where it is not, or is none */
  async removeEmptyFolder(folder: string): Promise<boolean> {
    if (!(await this.#hasParents(folder))) return false;
    try {
      await rmdir(folder);
      this.#checks.forget(folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR')) return false;
      throw error;
    }
  }

  /** Writes a file that must not exist yet. @throws EEXIST; nothing is left where the disk is full */
  async create(file: string, data: string | Uint8Array): Promise<void> {
    await this.#checks.checkParents(file);
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

  /**
   * The same for a few bytes, made and filled without a turn of the event loop in between: others hardly ever meet an
   * empty file, and then for microseconds.
   * @returns false where the file exists
   */
  async createAtOnce(file: string, data: string): Promise<boolean> {
    await this.#checks.checkParents(file);
    try {
      writeFileSync(file, data, { flag: 'wx' });
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      if (hasCode(error, 'ENOSPC', 'EDQUOT')) rmSync(file, { force: true });
      throw error;
    }
  }

  /** Puts a file in the place of another in one step: readers see the old one or the new one, never half of it. */
  async replace(file: string, data: string | Uint8Array): Promise<void> {
    const aside = await asideOf(file);
    await this.create(aside, data);
    try {
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  /**
   * Writes a file that must not exist yet, in one step: readers see all of it or nothing.
   * @throws EEXIST where there is one, even if it has appeared at the last moment
   */
  async createWhole(file: string, data: string | Uint8Array): Promise<void> {
    const aside = await asideOf(file);
    await this.create(aside, data);
    try {
      await this.#linkOrFail(aside, file);
    } finally {
      await rm(aside, { force: true });
    }
  }

  /**
   * Appends to a file, which is made where there is none. What is there must be a regular file with no other name: a
   * hard link may belong to a file outside of the workspace.
   * @param separator comes first where the file doesn't end with it, so that a torn line costs itself alone
   * @throws the system's error; where the disk is full the file is as it was
   */
  async append(file: string, data: string, separator: string): Promise<void> {
    await this.checkTarget(file);
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    const handle = await open(file, flags);
    try {
      const { size } = await handle.stat();
      const end = Buffer.alloc(Math.min(size, Buffer.byteLength(separator)));
      await handle.read(end, 0, end.length, size - end.length);
      const torn = size > 0 && end.toString() !== separator;
      try {
        await handle.appendFile(`${torn ? separator : ''}${data}`);
      } catch (error) {
        await handle.truncate(size).catch(() => undefined);
        throw error;
      }
    } finally {
      await handle.close();
    }
  }

  /** Sees to it that a file is on the disk, and not only in the system's memory. */
  async flush(file: string): Promise<void> {
    await this.#checks.checkParents(file);
    const handle = await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /**
   * Reads a small file that the user or another program may have put here. Links are followed as long as they stay in
   * the workspace.
   */
  async read(file: string, maxBytes: number): Promise<BoundedRead> {
    const real = await this.#realInside(file);
    return real.status === 'inside' ? readBounded(real.path, maxBytes) : real;
  }

  /** Reads a small file that this program wrote: a link in its place is refused. */
  async readOwn(file: string, maxBytes: number): Promise<BoundedRead> {
    await this.#checks.checkParents(file);
    return readBounded(file, maxBytes);
  }

  /** Reads the last `maxBytes` of a file that this program wrote. */
  async readOwnEnd(file: string, maxBytes: number): Promise<BoundedRead> {
    await this.#checks.checkParents(file);
    return readBounded(file, maxBytes, { part: 'end' });
  }

  /** What is at a path; null where there is nothing. A missing folder above is nothing, too. */
  async find(file: string): Promise<Found | null> {
    if (!(await this.#hasParents(file))) return null;
    const found = await lookAt(file);
    return found && { kind: kindOf(found), bytes: found.size, shared: found.isFile() && found.nlink > 1 };
  }

  /** At most `limit` entries of a folder, in no order; null where there is none. */
  async list(folder: string, limit: number): Promise<Listing | null> {
    try {
      await this.#checks.checkFolder(folder);
      return await folderEntries(folder, limit);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  }

  /**
   * All entries of a folder that are going to be worked on anyway, each: one call to the system, where {@link list} needs
   * several.
   */
  async listAll(folder: string): Promise<readonly FolderEntry[] | null> {
    try {
      await this.#checks.checkFolder(folder);
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => this.#learn(folder, entry));
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  }

  /**
   * Like {@link list}, for a folder of the user's own files, which are only read: it may be a link that stays in the workspace.
   * @throws AppError LINK_NOT_ALLOWED where it leads out of it
   */
  async listToRead(folder: string, limit: number): Promise<Listing | null> {
    const real = await this.#realInside(folder);
    if (real.status === 'missing') return null;
    if (real.status === 'refused') throw await this.#checks.linkRefused(folder);
    return folderEntries(real.path, limit).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    });
  }

  /**
   * Checks a path that DuckDB is about to write: nothing is there, or a regular file with no other name.
   * @returns the same path
   */
  async checkTarget(file: string): Promise<string> {
    await this.#checks.checkParents(file);
    await this.#checks.requireOwnFile(file);
    return file;
  }

  /** Checks a folder that DuckDB is about to write to. @returns the same path */
  async checkFolder(folder: string): Promise<string> {
    await this.#checks.checkFolder(folder);
    return folder;
  }

  /** Checks a folder that will be made where it is missing: before anything is written. */
  async checkFutureFolder(folder: string): Promise<void> {
    await this.#isThere(folder);
  }

  /** A path as messages have it: from the workspace, with `/`. */
  nameOf(file: string): string {
    return this.#checks.nameOf(file);
  }

  /** The error for a link that leads out of the workspace. */
  linkRefused(refused: string): Promise<AppError> {
    return this.#checks.linkRefused(refused);
  }

  #hasParents(file: string): Promise<boolean> {
    this.#checks.partsOf(file);
    return this.#isThere(path.dirname(file));
  }

  async #isThere(folder: string): Promise<boolean> {
    try {
      await this.#checks.checkFolder(folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  #learn(folder: string, entry: Dirent): FolderEntry {
    const kind = kindOf(entry);
    if (kind === 'folder') this.#checks.learnFolder(path.join(folder, entry.name));
    return { name: entry.name, kind };
  }

  async #rename(from: string, to: string): Promise<boolean> {
    try {
      await rename(from, to);
    } catch (error) {
      if (hasCode(error, 'ENOENT') && !(await lookAt(from))) return false;
      throw error;
    }
    this.#checks.forget(from);
    return true;
  }

  /**
   * Gives a file another name beside its own, which no system does over a file that is there.
   * @throws EEXIST
   */
  async #linkOrFail(file: string, name: string): Promise<void> {
    try {
      await link(file, name);
    } catch (error) {
      if (!hasCode(error, ...noHardLinks)) throw error;
      await copyFile(file, name, constants.COPYFILE_EXCL);
    }
  }

  async #realInside(file: string): Promise<RealPath> {
    this.#checks.partsOf(file);
    const real = await realpath(file).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return null;
      throw error;
    });
    if (real === null) return (await lookAt(file)) ? aLink : { status: 'missing' };
    return (await this.#checks.isInside(real)) ? { status: 'inside', path: real } : aLink;
  }
}

type RealPath = { readonly status: 'inside'; readonly path: string } | Exclude<BoundedRead, { status: 'read' }>;

/** What systems say of a disk whose files have one name each, such as FAT. */
const noHardLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

const aLink = { status: 'refused', reason: 'a link' } as const;

/** Beside the file, so that a rename puts it in place. */
async function asideOf(file: string): Promise<string> {
  return path.join(path.dirname(file), await ownedName(unfinishedPrefix));
}

/** Names of files that are not in place yet begin with this; `sweepUnfinished` removes those of killed programs. */
export const unfinishedPrefix = '.unfinished';
