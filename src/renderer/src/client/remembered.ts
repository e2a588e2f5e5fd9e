type Remembered = 'page' | `split ${string}`;

/**
 * Small things about the window that are worth keeping: the page, the splits. In the browser's own storage, because it
 * is there at once when the window starts, and nothing is lost if it is not.
 */
export function remember(key: Remembered, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage that is full or damaged must not take the page with it.
  }
}

/** @returns null where nothing is kept */
export function recall(key: Remembered): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
