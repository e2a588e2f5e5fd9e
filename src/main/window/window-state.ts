import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { app, nativeTheme, screen, type BrowserWindow, type Rectangle } from 'electron';
import { replaceFileSync } from '../../engine/fs/replace-file';
import { boundsIn, windowFileName } from '../user-data/window-file';

/** Far larger than either file. */
const maxBytes = 1_000_000;

/** The window's last state. */
interface WindowState {
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
}

const fileOf = (name: string) => path.join(app.getPath('userData'), name);

/*
 * Read before the window is created, hence synchronously and without zod, which is loaded later: two small files, with
 * every value checked.
 */

/** The last bounds; none if their screen is gone. */
export function readWindowState(): WindowState {
  const stored = readObject(fileOf(windowFileName));
  const bounds = boundsIn(stored);
  return { bounds: bounds && isOnScreen(bounds) ? bounds : null, maximized: stored.maximized === true };
}

/** Sets the theme before anything is drawn, so that the window does not flash in another. */
export function applyStoredTheme(): void {
  const { theme } = readObject(fileOf('settings.json'));
  if (theme === 'light' || theme === 'dark') nativeTheme.themeSource = theme;
}

/** Saves the bounds when the window closes. */
export function rememberWindow(window: BrowserWindow): void {
  window.on('close', () => {
    try {
      mkdirSync(app.getPath('userData'), { recursive: true });
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized() };
      replaceFileSync(fileOf(windowFileName), JSON.stringify(state));
    } catch {
      // A full disk must not keep the window from closing.
    }
  });
}

function isOnScreen({ x, y, width, height }: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
  const down = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y);
  // Enough of it on screen to be seen and dragged.
  return across >= 200 && down >= 100;
}

/** Empty if it can't be read. Does not block on a pipe. */
function readObject(file: string): Record<string, unknown> {
  try {
    // Windows has no O_NONBLOCK, and no pipes in folders.
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(descriptor);
      if (!found.isFile() || found.size > maxBytes) return {};
      const value: unknown = JSON.parse(readFileSync(descriptor, 'utf8'));
      return typeof value === 'object' && value !== null ? { ...value } : {};
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return {};
  }
}
