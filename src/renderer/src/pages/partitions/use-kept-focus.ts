import { useEffect, type RefObject } from 'react';

type Part = RefObject<HTMLElement | null>;

/**
 * Where an open day takes the place of the calendar, the focus goes with it: to its close button, and back to the
 * calendar. Elsewhere it stays where it was.
 */
export function useKeptFocus(dayIsOpen: boolean, calendarPart: Part, dayPart: Part): void {
  useEffect(() => {
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body && focused.checkVisibility()) return;
    const goal = dayIsOpen
      ? dayPart.current?.querySelector<HTMLElement>('[aria-label="Close day"]')
      : calendarPart.current?.querySelector<HTMLElement>('[role="grid"]');
    goal?.focus();
  }, [dayIsOpen, calendarPart, dayPart]);
}
