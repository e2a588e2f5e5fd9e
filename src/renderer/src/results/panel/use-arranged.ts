import { useStore } from '../../client/store';
import type { ArrangedResult } from '../session/arranged-result';

/** The arrangement of a result, and a function to change it. */
export function useArranged(arranged: ArrangedResult) {
  return { ...useStore(arranged), setArrangement: arranged.arrange };
}
