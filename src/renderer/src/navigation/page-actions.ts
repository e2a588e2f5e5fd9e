import { createContext, use, useEffect, useRef, type RefObject } from 'react';

/** Something to do on the page that is shown; the palette lists it beside what can be done anywhere. */
export interface PageAction {
  /** Unlike that of any other action. */
  readonly id: string;
  readonly title: string;
  /** The page, or the part of it. */
  readonly group: string;
  readonly keys?: string;
  /** Other words that one might search for it by. */
  readonly words?: string;
  /** Null while it can't be done. */
  readonly run: (() => void) | null;
  /** Why not, then. */
  readonly whyNot?: string;
}

export type PageActionSources = Set<RefObject<readonly PageAction[]>>;

/** What the parts of the page that is shown have to offer. */
export const PageActionsContext = createContext<PageActionSources>(new Set());

/** Offers actions in the palette for as long as the component is shown, as they are when the palette is opened. */
export function usePageActions(actions: readonly PageAction[]): void {
  const sources = use(PageActionsContext);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    sources.add(latest);
    return () => void sources.delete(latest);
  }, [sources]);
}
