import type { BrowserWindow } from 'electron';

/** What a second launch hands to the running app. Its structure is checked where it arrives: any program may send one. */
export interface LaunchRequest {
  /** Absolute; null where it asked for none. */
  readonly workspace: string | null;
}

/** @param data what came with the request; anything */
export function launchRequestOf(data: unknown): LaunchRequest {
  const workspace = typeof data === 'object' && data !== null && 'workspace' in data ? data.workspace : null;
  return { workspace: typeof workspace === 'string' && workspace !== '' ? workspace : null };
}

/** Shows the window to the user, wherever it was. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
