import { useSyncExternalStore } from 'react';

/** The address after the `#`: a page, and the selected item on it. */
export interface Route {
  readonly page: string;
  readonly item: string | null;
}

/** The address of a page, for links. */
export function hrefTo(page: string, item?: string): string {
  return `#/${page}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`;
}

/** Goes to an address, as a click on its link would. */
export function goTo(page: string, item?: string): void {
  window.location.hash = hrefTo(page, item);
}

/** Parses the hash, including the `#`. */
export function parseRoute(hash: string): Route {
  const [, page = '', item] = /^#\/([^/]*)(?:\/(.*))?$/.exec(hash) ?? [];
  return { page, item: item ? decode(item) : null };
}

/** The current route; re-renders when it changes. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, readHash));
}

function decode(item: string): string {
  try {
    return decodeURIComponent(item);
  } catch {
    // The address contains a stray `%`.
    return item;
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const readHash = (): string => window.location.hash;
