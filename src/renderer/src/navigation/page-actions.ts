import { createContext, use, useEffect, useRef, type RefObject } from 'react';

/** An action of the open page; the palette lists it with those available everywhere. */
export interface PageAction {
  /** Unique among all actions. */
  readonly id: string;
  readonly title: string;
  /** The page, or a part of it. */
  readonly group: string;
  readonly keys?: string;
  /** Other search terms for it. */
  readonly words?: string;
  /** Null while unavailable. */
  readonly run: (() => void) | null;
  /** The reason why it is unavailable. */
  readonly whyNot?: string;
}

export type PageActionSources = Set<RefObject<readonly PageAction[]>>;

/** The actions of the open page, by component. */
export const PageActionsContext = createContext<PageActionSources>(new Set());

/** Offers actions in the palette while the component is mounted; the palette reads them when it opens. */
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
