import { createHash } from 'node:crypto';
import { copyFile, lstat, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { SetAside } from '../../contract/workspace';
import { hasCode } from '../../engine/fs/errno';
import { readBounded } from '../../engine/fs/bounded-read';
import { replaceFile } from '../../engine/fs/replace-file';
import { asideName, setAside } from '../../engine/fs/set-aside';
import { makeFolder } from '../../engine/fs/folder';
import { systemError } from '../../engine/fs/system-error';

/** Far larger than any of these files. */
const maxBytes = 16_000_000;

/**
 * Reads and writes the app's own files in the user-data folder: settings, tabs, texts, history. Any of them may be
 * damaged, written by a later version, or replaced by a folder or pipe. An unusable file is renamed and reported, and
 * the app continues without it.
 */
export class UserFiles {
  /**
   * @param folder the user-data folder
   * @param onSetAside called for each file that is set aside
   */
  constructor(
    readonly folder: string,
    private readonly onSetAside: (event: SetAside) => void,
  ) {}

  /** @param parts names below the user-data folder */
  at(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  /**
   * A path for what is kept for one workspace, outside of it.
   * @param workspace its folder
   * @param parts names below that path
   */
  ofWorkspace(workspace: string, ...parts: readonly string[]): string {
    const name = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    return this.at('workspaces', name, ...parts);
  }

  /**
   * Reads a text. An unreadable file is set aside; if it has invalid UTF-8, or NULs from a power cut, a copy is kept.
   * @param most bytes
   * @returns null if there is no such file
   */
  async readText(file: string, most = maxBytes): Promise<string | null> {
    const bytes = await this.#readBytes(file, most);
    if (bytes === null) return null;
    const text = bytes.toString('utf8');
    if (!text.includes('\0') && Buffer.from(text).equals(bytes)) return text;
    await this.keepCopy(file, "it contains bytes that aren't text");
    const cleaned = text.replaceAll('\0', '');
    // So that the next start doesn't report the same damage again.
    await this.replace(file, cleaned, { onDisk: false }).catch(() => undefined);
    return cleaned;
  }

  /**
   * Reads a JSON document. An unreadable one is set aside.
   * @returns undefined if there is no such file
   */
  async readJson(file: string): Promise<unknown> {
    const bytes = await this.#readBytes(file, maxBytes);
    if (bytes === null) return undefined;
    try {
      // Some editors begin with a byte-order mark.
      const value: unknown = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
      return value;
    } catch {
      await this.setAside(file, bytes.length === 0 ? 'it is empty' : 'it is not valid JSON');
      return undefined;
    }
  }

  /**
   * Writes in one step. An entry in the way, such as a folder of the name, is set aside.
   * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, ...; the file is as it was then
   */
  async replace(file: string, text: string, { onDisk }: { onDisk: boolean }): Promise<void> {
    try {
      await this.makeFolder(path.dirname(file));
      await this.#replaceAnything(file, text, onDisk);
    } catch (error) {
      throw writeError(error, path.dirname(file));
    }
  }

  async #replaceAnything(file: string, text: string, onDisk: boolean): Promise<void> {
    try {
      await replaceFile(file, text, { onDisk });
    } catch (error) {
      if (!hasCode(error, 'EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOTDIR')) throw error;
      await this.setAside(file, "it isn't a file");
      await replaceFile(file, text, { onDisk });
    }
  }

  /** Removes a file, if it exists. @throws the system's error */
  async remove(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  /**
   * Creates a folder below the user-data folder; a file with its name is set aside.
   * @throws the system's error
   */
  async makeFolder(folder: string): Promise<void> {
    const parts = path.relative(this.folder, folder).split(path.sep);
    try {
      await makeFolder(folder);
    } catch (error) {
      const file = await this.#firstThatIsNoFolder(parts);
      if (file === null) throw error;
      await this.setAside(file, 'it is a file where a folder is needed');
      await makeFolder(folder);
    }
  }

  async #firstThatIsNoFolder(parts: readonly string[]): Promise<string | null> {
    for (let length = 1; length <= parts.length; length += 1) {
      const part = this.at(...parts.slice(0, length));
      if (!(await isTaken(part))) return null;
      const isFolder = await stat(part).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (!isFolder) return part;
    }
    return null;
  }

  /** Renames a file, or whatever has its name. Never fails: a failed rename is reported as well. */
  async setAside(file: string, reason: string): Promise<void> {
    await this.#report(file, reason, () => setAside(file));
  }

  /** Keeps a copy of a partly usable file before the usable part replaces it. Never fails. */
  async keepCopy(file: string, reason: string): Promise<void> {
    await this.#report(file, reason, async () => {
      const copy = asideName(file);
      await copyFile(file, copy);
      return copy;
    });
  }

  async #report(file: string, reason: string, keep: () => Promise<string | null>): Promise<void> {
    const kept = await keep().catch(() => null);
    this.onSetAside({ file: path.relative(this.folder, file).split(path.sep).join('/'), keptAs: kept, reason });
  }

  async #readBytes(file: string, most: number): Promise<Buffer | null> {
    try {
      // The user may have moved it and left a link.
      const read = await readBounded(await realpath(file), most, { follow: true });
      if (read.status === 'read') return read.bytes;
      if (read.status === 'refused') await this.setAside(file, `it is ${read.reason}`);
      return null;
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR') && !(await isTaken(file))) return null;
      await this.setAside(file, `it could not be read (${error instanceof Error ? error.message : String(error)})`);
      return null;
    }
  }
}

/** The way out is not another workspace, as for files of a workspace. */
function writeError(error: unknown, folder: string): unknown {
  const known = systemError(error, folder);
  if (!known) return error;
  const way = known.code === 'DISK_FULL' ? 'Free some space on it' : 'Check that folder and your permissions for it';
  return new AppError(known.code, known.message, {
    action: `${way}, then try again. What was saved before is unchanged.`,
    cause: known.details.cause,
  });
}

/** Whether anything has this name, including a broken link. */
function isTaken(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
