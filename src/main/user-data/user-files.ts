import { copyFile, lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { SetAside } from '../../contract/workspace';
import { hasCode } from '../../engine/fs/errno';
import { readBounded } from '../../engine/fs/bounded-read';
import { replaceFile } from '../../engine/fs/replace-file';
import { asideName, setAside } from '../../engine/fs/set-aside';
import { makeFolder } from '../../engine/fs/folder';
import { systemError } from '../../engine/fs/system-error';

/** Far more than any of them takes. */
const maxBytes = 16_000_000;

/**
 * Reads and writes the app's own files in the user-data folder: settings, tabs, texts, history. Any of them may be
 * damaged, of a later version, or a folder or pipe by now. What can't be used is kept under another name and reported;
 * the app goes on without it.
 */
export class UserFiles {
  /**
   * @param folder the user-data folder
   * @param onSetAside told of each file that was set aside
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
   * Reads a text. One that can't be read is set aside; of bytes that are no UTF-8, and of NULs, which a power cut leaves,
   * a copy is.
   * @param most bytes
   * @returns null where there is none
   */
  async readText(file: string, most = maxBytes): Promise<string | null> {
    const bytes = await this.#readBytes(file, most);
    if (bytes === null) return null;
    const text = bytes.toString('utf8');
    if (!text.includes('\0') && Buffer.from(text).equals(bytes)) return text;
    await this.keepCopy(file, "it contains bytes that aren't text");
    const cleaned = text.replaceAll('\0', '');
    // Lest the next start finds the same again.
    await this.replace(file, cleaned, { onDisk: false }).catch(() => undefined);
    return cleaned;
  }

  /** Reads a JSON document. One that can't be read or parsed is set aside. @returns undefined where there is none */
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
   * Writes in one step. What is in the way, such as a folder of the name, is set aside.
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

  /** Makes a folder below the user-data folder; a file in the way is set aside. @throws the system's error */
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

  /** Gives a file, or whatever has its name, another name. Never fails: what can't be moved is reported as well. */
  async setAside(file: string, reason: string): Promise<void> {
    await this.#report(file, reason, () => setAside(file));
  }

  /** Keeps a copy of a file of which only a part can be used, before the part is written in its place. Never fails. */
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
      // The user may have put it elsewhere, by a link.
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

/** Whether anything has this name, a link that leads nowhere too. */
function isTaken(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
