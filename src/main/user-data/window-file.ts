import type { Rectangle } from 'electron';
import type { UserFiles } from './user-files';

export const windowFileName = 'window.json';

/** Where a window was, in screen pixels, by what `window.json` holds; null where that is nothing of the kind. */
export function boundsIn(stored: unknown): Rectangle | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height }: Record<string, unknown> = { ...stored };
  if (![x, y, width, height].every(Number.isInteger)) return null;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/**
 * Sets the file aside where it does not hold the place of a window. The window has been opened before, in a place of its
 * own then: this is for the user to know, and for the next start.
 */
export async function checkWindowFile(files: UserFiles): Promise<void> {
  const file = files.at(windowFileName);
  const stored = await files.readJson(file);
  if (stored === undefined || boundsIn(stored) !== null) return;
  await files.setAside(file, "it doesn't contain a window position");
}
