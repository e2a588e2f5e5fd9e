import { useSyncExternalStore } from 'react';
import type { ArrangedResult } from '../session/arranged-result';

/** The arrangement of a result, and a function to change it. */
export function useArranged(arranged: ArrangedResult) {
  const state = useSyncExternalStore(arranged.subscribe, arranged.getState);
  return { ...state, setArrangement: arranged.arrange };
}
