import { chownSync, lchownSync, readdirSync } from 'node:fs';
import path from 'node:path';

const nobody = 65534;

/**
 * Runs `work` as a user without special rights, so that permissions apply even where tests run as root; otherwise as
 * the current user. Only the effective user changes, and only in this process.
 * @param folder given to that user first, with everything in it
 */
export async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0 || !process.seteuid || !process.setegid) return work();
  giveTo(nobody, folder);
  process.setegid(nobody);
  process.seteuid(nobody);
  try {
    return await work();
  } finally {
    process.seteuid(0);
    process.setegid(0);
  }
}

/** Makes a user the owner of a folder and of everything in it, without following links. */
export function giveTo(uid: number, folder: string): void {
  chownSync(folder, uid, uid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(path.join(entry.path, entry.name), uid, uid);
  }
}
