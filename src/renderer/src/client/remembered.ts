/**
 * Small things about the window that are worth keeping: the page, the splits. In the browser's own storage, because it
 * is there at once when the window starts, and nothing is lost if it is not.
 */
export function remember(key: 'page' | `split ${string}`, value: string): void {
  localStorage.setItem(key, value);
}

export function recall(key: 'page' | `split ${string}`): string | null {
  return localStorage.getItem(key);
}
