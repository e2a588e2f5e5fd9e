import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { readBounded, type BoundedRead } from './bounded-read';
import { hasCode } from './errno';
import { folderEntries, kindOf, type FolderEntry, type Listing } from './folder-entries';
import { OpenedFile } from './opened-file';
import { lookAt, PathChecks, type WorkspaceRoot } from './path-checks';

export type { FolderEntry, Listing } from './folder-entries';

/** The entry at a path, without following a link. */
export interface Found {
  readonly kind: FolderEntry['kind'];
  readonly bytes: number;
  /** Whether the file has another name (a hard link), perhaps outside the workspace. */
  readonly shared: boolean;
}

/**
 * Looks at files and folders of one workspace, and at nothing outside it. Create one instance per operation (a commit, a
 * recovery): an instance checks a folder only once.
 */
export class WorkspaceReader {
  protected readonly checks: PathChecks;

  constructor(protected readonly root: WorkspaceRoot) {
    this.checks = new PathChecks(root);
  }

  /** Reads a small file that may come from the user or another program. Links are followed inside the workspace. */
  async read(file: string, maxBytes: number): Promise<BoundedRead> {
    const real = await this.#realInside(file);
    return real.status === 'inside' ? readBounded(real.path, maxBytes) : real;
  }

  /** Reads a small file that this program wrote; refuses a link. */
  async readOwn(file: string, maxBytes: number): Promise<BoundedRead> {
    await this.checks.checkParents(file);
    return readBounded(file, maxBytes);
  }

  /** Reads the last `maxBytes` of a file that this program wrote. */
  async readOwnEnd(file: string, maxBytes: number): Promise<BoundedRead> {
    await this.checks.checkParents(file);
    return readBounded(file, maxBytes, { part: 'end' });
  }

  /**
   * Opens a file of any size that this program wrote; the caller closes it.
   * @returns null if there is no regular file
   */
  async openOwn(file: string): Promise<OpenedFile | null> {
    if (!(await this.hasParents(file))) return null;
    return OpenedFile.open(file).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    });
  }

  /** The entry at a path; null if nothing exists there, or its parent is missing. */
  async find(file: string): Promise<Found | null> {
    if (!(await this.hasParents(file))) return null;
    const found = await lookAt(file);
    return found && { kind: kindOf(found), bytes: found.size, shared: found.isFile() && found.nlink > 1 };
  }

  /** At most `limit` entries of a folder, unordered; null if it doesn't exist. */
  async list(folder: string, limit: number): Promise<Listing | null> {
    try {
      await this.checks.checkFolder(folder);
      return await folderEntries(folder, limit);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  }

  /**
   * All entries of a folder, in one system call where {@link list} needs several. For callers that process each of them
   * anyway.
   */
  async listAll(folder: string): Promise<readonly FolderEntry[] | null> {
    try {
      await this.checks.checkFolder(folder);
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => this.#learn(folder, entry));
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  }

  /**
   * Like {@link list}, for a folder of the user's own files that is only read: it may be a link inside the workspace.
   * @throws AppError LINK_NOT_ALLOWED if it is a link to a place outside
   */
  async listToRead(folder: string, limit: number): Promise<Listing | null> {
    const real = await this.#realInside(folder);
    if (real.status === 'missing') return null;
    if (real.status === 'refused') throw await this.checks.linkRefused(folder);
    return folderEntries(real.path, limit).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    });
  }

  /**
   * Checks a path that DuckDB is about to write: nothing is there, or a regular file without hard links.
   * @returns the same path
   */
  async checkTarget(file: string): Promise<string> {
    await this.checks.checkParents(file);
    await this.checks.requireOwnFile(file);
    return file;
  }

  /** Checks a folder that DuckDB is about to write to. @returns the same path */
  async checkFolder(folder: string): Promise<string> {
    await this.checks.checkFolder(folder);
    return folder;
  }

  /** Checks, before anything is written, a folder that will be created if it doesn't exist. */
  async checkFutureFolder(folder: string): Promise<void> {
    await this.#isThere(folder);
  }

  /** The path for messages: from the workspace, with `/`, and without anything that a terminal would execute. */
  nameOf(file: string): string {
    return printable(this.checks.nameOf(file));
  }

  /** The error for a link to a place outside the workspace. */
  linkRefused(refused: string): Promise<AppError> {
    return this.checks.linkRefused(refused);
  }

  /** Whether the parents of a path exist. */
  protected hasParents(file: string): Promise<boolean> {
    this.checks.partsOf(file);
    return this.#isThere(path.dirname(file));
  }

  async #isThere(folder: string): Promise<boolean> {
    try {
      await this.checks.checkFolder(folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  #learn(folder: string, entry: Dirent): FolderEntry {
    const kind = kindOf(entry);
    if (kind === 'folder') this.checks.learnFolder(path.join(folder, entry.name));
    return { name: entry.name, kind };
  }

  async #realInside(file: string, attempts = 3): Promise<RealPath> {
    this.checks.partsOf(file);
    try {
      const real = await realpath(file);
      return (await this.checks.isInside(real)) ? { status: 'inside', path: real } : aLink;
    } catch (error) {
      // A link in a circle, or a folder above that is one.
      if (hasCode(error, 'ELOOP')) return aLink;
      if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
      const found = await lookAt(file);
      if (found?.isSymbolicLink()) return aLink;
      // It was created between the two looks.
      return found && attempts > 1 ? this.#realInside(file, attempts - 1) : { status: 'missing' };
    }
  }
}

type RealPath = { readonly status: 'inside'; readonly path: string } | Exclude<BoundedRead, { status: 'read' }>;

const aLink = { status: 'refused', reason: 'a link' } as const;
