import { execFileSync } from 'node:child_process';

/** The user without special rights. */
export const nobody = 65534;

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
  // Names need not be text.
  execFileSync('chown', ['--recursive', '--no-dereference', `${uid}:${uid}`, folder]);
}
