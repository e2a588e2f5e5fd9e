import { useSyncExternalStore } from 'react';

/** What the address says after the `#`: a page, and what is chosen on it. */
export interface Route {
  readonly page: string;
  readonly item: string | null;
}

/** The address of a page, for links. */
export function hrefTo(page: string, item?: string): string {
  return `#/${page}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`;
}

/** Goes to an address, as a click on a link to it does. */
export function goTo(page: string, item?: string): void {
  window.location.hash = hrefTo(page, item);
}

/** Reads the part of the address after and including the `#`. */
export function parseRoute(hash: string): Route {
  const [, page = '', item] = /^#\/([^/]*)(?:\/(.*))?$/.exec(hash) ?? [];
  return { page, item: item ? decode(item) : null };
}

/** The route as it is now; renders again when the user goes elsewhere. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, readHash));
}

function decode(item: string): string {
  try {
    return decodeURIComponent(item);
  } catch {
    // Someone typed a stray `%`.
    return item;
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const readHash = (): string => window.location.hash;
