import { useSyncExternalStore } from 'react';
import type { ArrangedResult } from '../session/arranged-result';

/** How a result is arranged, followed, and how to arrange it otherwise. */
export function useArranged(arranged: ArrangedResult) {
  const state = useSyncExternalStore(arranged.subscribe, arranged.getState);
  return { ...state, setArrangement: arranged.arrange };
}
