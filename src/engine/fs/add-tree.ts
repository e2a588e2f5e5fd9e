import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from './errno';

/**
 * Adds to the folder `to` every file of `from` that it lacks, by hard links if the disk supports them, otherwise by
 * copies. The caller has checked both folders, and removes `to` if this fails.
 * @param onFile called before each file or folder; an error from it stops the work
 * @throws AppError WORKSPACE_INVALID for links and other special files in `from`
 */
export async function addTree(from: string, to: string, onFile: () => void): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    onFile();
    const source = path.join(from, entry.name);
    const copy = path.join(to, entry.name);
    if (entry.isDirectory()) {
      await mkdir(copy).catch(unlessThere);
      await addTree(source, copy, onFile);
    } else if (entry.isFile()) {
      await link(source, copy).catch((error: unknown) => copyInstead(error, source, copy));
    } else {
      throw new AppError('WORKSPACE_INVALID', `${source} is a link or not a regular file.`, {
        action: 'Move it elsewhere, or choose another folder.',
      });
    }
  }
}

/** exFAT has no hard links, and file systems limit the number of names per file. */
async function copyInstead(error: unknown, source: string, copy: string): Promise<void> {
  if (hasCode(error, 'EEXIST')) return;
  if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK')) throw error;
  await copyFile(source, copy);
}

function unlessThere(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error;
}
