import type { Rectangle } from 'electron';
import type { UserFiles } from './user-files';

export const windowFileName = 'window.json';

/** The window position in `window.json`, in screen pixels; null if the content is invalid. */
export function boundsIn(stored: unknown): Rectangle | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height }: Record<string, unknown> = { ...stored };
  if (![x, y, width, height].every(Number.isInteger)) return null;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/**
 * Sets the file aside if it is invalid. The window was opened before, at its default position: this informs the user
 * and fixes the next start.
 */
export async function checkWindowFile(files: UserFiles): Promise<void> {
  const file = files.at(windowFileName);
  const stored = await files.readJson(file);
  if (stored === undefined || boundsIn(stored) !== null) return;
  await files.setAside(file, "it doesn't contain a window position");
}
