import type { BrowserWindow } from 'electron';

/** Sent by a second launch to the running app. Validated on receipt: any program may send one. */
export interface LaunchRequest {
  /** Absolute; null if none was given. */
  readonly workspace: string | null;
}

/** @param data the data of the request, unvalidated */
export function launchRequestOf(data: unknown): LaunchRequest {
  const workspace = typeof data === 'object' && data !== null && 'workspace' in data ? data.workspace : null;
  return { workspace: typeof workspace === 'string' && workspace !== '' ? workspace : null };
}

/** Brings the window to the front. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
