import { useEffect, type RefObject } from 'react';

type Part = RefObject<HTMLElement | null>;

/**
 * When an open day replaces the calendar, moves the focus to its close button, and back to the calendar afterwards.
 * Otherwise the focus stays in place.
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
