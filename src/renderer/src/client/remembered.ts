type Remembered = 'page' | `split ${string}` | `kept ${string}`;

/**
 * Small window state that is worth keeping: the page, the splits, the state of pages. In the browser's storage, which is available at once
 * when the window starts; losing it does no harm.
 */
export function remember(key: Remembered, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Full or damaged storage must not break the page.
  }
}

/** @returns null if nothing is stored */
export function recall(key: Remembered): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
