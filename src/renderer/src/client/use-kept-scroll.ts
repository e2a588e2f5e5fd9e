import { useCallback } from 'react';
import { z } from 'zod';
import { StoredState, useWorkspaceOwner } from './kept-state';

const keptScroll = new StoredState(0, 'scroll', z.number().nonnegative());
/** The content of a page may arrive later; after this time, the user expects it to stay where it is. */
const restoringMs = 3_000;

/**
 * Keeps the scroll position of an element, over page changes and restarts, by workspace.
 * @param place the name of the element
 * @returns its `ref`
 */
export function useKeptScroll(place: string): (element: HTMLElement | null) => (() => void) | undefined {
  const owner = useWorkspaceOwner(place);
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      const kept = keptScroll.of(owner);
      const stopRestoring = restore(element, kept.getSnapshot());
      let timer: ReturnType<typeof setTimeout> | undefined;
      let top = kept.getSnapshot();
      const store = () => {
        timer = undefined;
        kept.set(top);
      };
      const onScroll = () => {
        top = Math.max(0, element.scrollTop);
        timer ??= setTimeout(store, 200);
      };
      const onInput = () => {
        stopRestoring();
        element.addEventListener('scroll', onScroll, { passive: true });
      };
      for (const kind of inputs) element.addEventListener(kind, onInput, { passive: true });
      return () => {
        stopRestoring();
        for (const kind of inputs) element.removeEventListener(kind, onInput);
        element.removeEventListener('scroll', onScroll);
        if (timer !== undefined) {
          clearTimeout(timer);
          store();
        }
      };
    },
    [owner],
  );
}

/** Only scrolling by the user is kept: content that is replaced scrolls, too. */
const inputs = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** Scrolls to a position as soon as the content is high enough; returns a function that gives up. */
function restore(element: HTMLElement, top: number): () => void {
  if (top === 0) return () => undefined;
  const tryIt = () => {
    element.scrollTop = top;
    if (element.scrollTop >= top - 1) stop();
  };
  const observer = new ResizeObserver(tryIt);
  const watchChildren = () => {
    for (const child of element.children) observer.observe(child);
    tryIt();
  };
  const added = new MutationObserver(watchChildren);
  const timer = setTimeout(() => stop(), restoringMs);
  function stop(): void {
    clearTimeout(timer);
    observer.disconnect();
    added.disconnect();
  }
  added.observe(element, { childList: true });
  watchChildren();
  return stop;
}
