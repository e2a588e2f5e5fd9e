import { constants, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode } from './errno';
import type { OpenedFile } from './opened-file';
import { folderGone } from './opened-folder';
import { ownedName } from './owned-name';
import { giveOwnerAccess } from './owner-access';
import { removeWholeTree } from './remove-tree';
import { asideName } from './set-aside';
import { lookAt } from './path-checks';
import { WorkspaceReader } from './workspace-reader';

export type { Found, FolderEntry, Listing } from './workspace-reader';

/**
 * Writes, moves and deletes inside one workspace, and nowhere else: the only code that may. A workspace may come from
 * anybody, so each folder on the way to a path is checked without following links before anything below it is changed,
 * and looked at again right before the change.
 *
 * All paths are absolute and must be below the workspace. File system errors are passed on; a path that leaves the
 * workspace, or contains a link, is an AppError.
 */
export class WorkspaceFiles extends WorkspaceReader {
  /**
   * Creates a folder and its parents, up to the workspace's own, which must exist: a deleted workspace isn't recreated.
   */
  async makeFolder(folder: string): Promise<void> {
    if (this.checks.isKnown(folder)) return this.checks.checkFolder(folder);
    const parent = path.dirname(folder);
    if (this.checks.partsOf(folder).length > 1) await this.makeFolder(parent);
    try {
      this.checks.confirmParents(folder);
      mkdirSync(folder);
      this.checks.learnFolder(folder);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw folderGone(this.root.folder);
      if (!hasCode(error, 'EEXIST')) throw error;
      await this.checks.checkFolder(folder);
    }
  }

  /** Creates a folder that must not exist yet; its parent must. @throws EEXIST */
  async makeNewFolder(folder: string): Promise<void> {
    await this.checks.checkParents(folder);
    this.checks.confirmParents(folder);
    mkdirSync(folder);
  }

  /**
   * Renames a regular file or a folder, replacing an existing target. Links and special files stay where they are.
   * @returns false if there is nothing to move, or nothing that may be moved
   */
  async move(from: string, to: string): Promise<boolean> {
    if (!(await this.hasParents(from))) return false;
    await this.checks.checkParents(to);
    const source = await lookAt(from);
    if (!source || !(source.isFile() || source.isDirectory())) return false;
    return this.#rename(from, to);
  }

  /**
   * The same for a regular file, but never replaces another, not even one that appears at the last moment. If both
   * names are the same file, as when only the case changes, it is renamed.
   * @throws EEXIST if the new name is taken
   */
  async moveToFreeName(from: string, to: string): Promise<boolean> {
    if (!(await this.hasParents(from))) return false;
    await this.checks.checkParents(to);
    const source = await lookAt(from);
    if (!source?.isFile()) return false;
    try {
      await this.#linkOrFail(from, to);
    } catch (error) {
      const target = hasCode(error, 'EEXIST') ? await lookAt(to) : null;
      if (!target || target.ino !== source.ino || target.dev !== source.dev) throw error;
      return this.#rename(from, to);
    }
    this.#removeFile(from);
    return true;
  }

  /**
   * The same for an entry that a listing of this instance has shown to be a file or a folder, without checking each of
   * a thousand again. A rename doesn't follow links, so at worst a link moves inside the workspace.
   * @returns false if it doesn't exist
   */
  async moveListed(from: string, to: string): Promise<boolean> {
    await Promise.all([this.checks.checkParents(from), this.checks.checkParents(to)]);
    return this.#rename(from, to);
  }

  /**
   * Renames the entry at a path, so that its name is free; a link itself, not its target.
   * @returns its new name, in the same folder; null if nothing was there
   */
  async setAside(file: string): Promise<string | null> {
    await this.checks.checkParents(file);
    const aside = asideName(file);
    return (await this.#rename(file, aside)) ? path.basename(aside) : null;
  }

  /** Removes a file, or a link itself; does nothing if it doesn't exist. The system refuses folders. */
  async remove(file: string): Promise<void> {
    if (await this.hasParents(file)) this.#removeFile(file);
  }

  /** Removes a folder with everything in it, or a link itself; does nothing if it doesn't exist. */
  async removeTree(folder: string): Promise<void> {
    if (!(await this.hasParents(folder))) return;
    this.checks.confirmParents(folder);
    await removeWholeTree(folder);
    this.checks.forget(folder);
  }

  /** Gives the owner of a folder of this program all permissions for it. A failure shows at the folder's next use. */
  async giveAccess(folder: string): Promise<void> {
    const isChecked = await this.hasParents(folder).catch(() => false);
    if (isChecked) await giveOwnerAccess(folder);
  }

  /** Removes an empty folder. @returns false if it isn't empty, or isn't a folder */
  async removeEmptyFolder(folder: string): Promise<boolean> {
    if (!(await this.hasParents(folder))) return false;
    try {
      this.checks.confirmParents(folder);
      rmdirSync(folder);
      this.checks.forget(folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR')) return false;
      throw error;
    }
  }

  /** Writes a file that must not exist yet. @throws EEXIST; nothing is left if the disk is full */
  async create(file: string, data: string | Uint8Array): Promise<void> {
    await this.checks.checkParents(file);
    this.checks.confirmParents(file);
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(data);
    } catch (error) {
      this.#removeFile(file);
      throw error;
    } finally {
      await handle.close();
    }
  }

  /**
   * The same for a few bytes, synchronously, so that others see an empty file for microseconds at most.
   * @returns false if the file exists
   */
  async createAtOnce(file: string, data: string): Promise<boolean> {
    await this.checks.checkParents(file);
    this.checks.confirmParents(file);
    try {
      writeFileSync(file, data, { flag: 'wx' });
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      if (hasCode(error, 'ENOSPC', 'EDQUOT')) rmSync(file, { force: true });
      throw error;
    }
  }

  /** Replaces a file in one step: readers see the old one or the new one. */
  async replace(file: string, data: string | Uint8Array): Promise<void> {
    const aside = await asideOf(file);
    await this.create(aside, data);
    try {
      this.checks.confirmParents(file);
      renameSync(aside, file);
    } catch (error) {
      this.#removeFile(aside);
      throw error;
    }
  }

  /**
   * Writes a file that must not exist yet, in one step: readers see all of it or nothing.
   * @throws EEXIST if it exists, even if it appeared at the last moment
   */
  async createWhole(file: string, data: string | Uint8Array): Promise<void> {
    const aside = await asideOf(file);
    await this.create(aside, data);
    try {
      await this.#linkOrFail(aside, file);
    } finally {
      this.#removeFile(aside);
    }
  }

  /**
   * Copies a file of another place to a name that nobody else writes, in one step: readers see all of it or nothing.
   * Unlike {@link createWhole} it needs no hard links, which shared folders often lack.
   * @throws EEXIST if the name is taken; nothing is left if the disk is full or the signal aborts
   */
  async copyIn(source: OpenedFile, file: string, signal?: AbortSignal): Promise<void> {
    const aside = await asideOf(file);
    await this.checks.checkParents(aside);
    this.checks.confirmParents(aside);
    const handle = await open(aside, 'wx');
    try {
      await fill(handle, source, signal);
      this.checks.confirmParents(file);
      if (await lookAt(file)) throw Object.assign(new Error(`EEXIST: file already exists, '${file}'`), taken(file));
      renameSync(aside, file);
    } catch (error) {
      this.#removeFile(aside);
      throw error;
    }
  }

  /**
   * Appends to a file, creating it if needed. An existing one must be a regular file without hard links, which could
   * belong to a file outside the workspace.
   * @param separator written first if the file doesn't end with it, so that a torn line affects only itself
   * @throws the system's error; on a full disk the file is unchanged
   */
  async append(file: string, data: string, separator: string): Promise<void> {
    await this.checkTarget(file);
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    this.checks.confirmParents(file);
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

  /** Flushes a file from the system's memory to the disk. */
  async flush(file: string): Promise<void> {
    await this.checks.checkParents(file);
    this.checks.confirmParents(file);
    const handle = await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  #removeFile(file: string): void {
    this.checks.confirmParents(file);
    rmSync(file, { force: true });
  }

  async #rename(from: string, to: string): Promise<boolean> {
    try {
      this.checks.confirmParents(from);
      this.checks.confirmParents(to);
      renameSync(from, to);
    } catch (error) {
      if (hasCode(error, 'ENOENT') && !(await lookAt(from))) return false;
      throw error;
    }
    this.checks.forget(from);
    return true;
  }

  /**
   * Adds another name to a file; no system replaces an existing file then.
   * @throws EEXIST
   */
  async #linkOrFail(file: string, name: string): Promise<void> {
    try {
      this.checks.confirmParents(name);
      linkSync(file, name);
    } catch (error) {
      if (!hasCode(error, ...noHardLinks)) throw error;
      await copyFile(file, name, constants.COPYFILE_EXCL);
    }
  }
}

/** Bytes that are held in memory. */
const copiedAtOnce = 4e6;

/** Writes the content of another file, and closes the new one in any case. */
async function fill(handle: FileHandle, source: OpenedFile, signal: AbortSignal | undefined): Promise<void> {
  try {
    // A stream costs more than the copy of a small file.
    if (source.bytes <= copiedAtOnce) await handle.writeFile(await source.read());
    else await pipeline(source.stream(), handle.createWriteStream(), ...(signal ? [{ signal }] : []));
  } finally {
    await handle.close().catch(() => undefined);
  }
}

function taken(file: string) {
  return { code: 'EEXIST', path: file };
}

/** Error codes for a disk without hard links, such as FAT. */
const noHardLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Beside the file, so that a rename puts it in place. */
async function asideOf(file: string): Promise<string> {
  return path.join(path.dirname(file), await ownedName(unfinishedPrefix));
}

/** Prefix of the names of unfinished files; `sweepUnfinished` removes those of killed programs. */
export const unfinishedPrefix = '.unfinished';
