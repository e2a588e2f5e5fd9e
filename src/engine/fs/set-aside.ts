import { randomBytes } from 'node:crypto';
import { lstat, rename } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';

/**
 * The name for keeping an unusable file beside its place: `settings.damaged-2025-11-24-10-31-07-3f9a1c2b.json`. Each is
 * unique, so no earlier one is replaced.
 * @param file its path; the extension stays at the end
 */
export function asideName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  return path.join(dir, `${name}.damaged-${stamp}-${randomBytes(4).toString('hex')}${ext}`);
}

/**
 * Renames a file, or anything else at its path, to {@link asideName}.
 * @returns the new path, or null if nothing was there
 * @throws the system's error if it can't be renamed
 */
export async function setAside(file: string): Promise<string | null> {
  const aside = asideName(file);
  try {
    await lstat(file);
    await rename(file, aside);
    return aside;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
