import { useSyncExternalStore } from 'react';

/** The same width as that of the variant `narrow` in theme.css. */
const narrow = window.matchMedia('(max-width: 840px)');

function subscribe(onChange: () => void): () => void {
  narrow.addEventListener('change', onChange);
  return () => narrow.removeEventListener('change', onChange);
}

/** Whether the window has no space for panels beside the content; zoom counts. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
