import { randomBytes } from 'node:crypto';
import { lstat, rename } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';

/**
 * The name under which something that can't be used is kept, beside it: `settings.damaged-2025-11-24-10-31-07-3f9a1c2b.json`.
 * No two are alike, so that nothing set aside takes the place of something set aside before.
 * @param file its path; the extension stays at the end
 */
export function asideName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  return path.join(dir, `${name}.damaged-${stamp}-${randomBytes(4).toString('hex')}${ext}`);
}

/**
 * Renames a file, or whatever else has its name, to {@link asideName}.
 * @returns the new path, or null where there was nothing
 * @throws the system's error where it can't be renamed
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
