import { useRef, type KeyboardEvent } from 'react';
import { rangeOf, type DayRange, type Days } from '../../../calendar/days';

const steps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
  PageUp: -364,
  PageDown: 364,
};

interface CalendarPlace {
  readonly days: Days;
  readonly active: number;
}

interface CalendarActions {
  readonly onSelect: (range: DayRange | null) => void;
  readonly onOpen: (day: number) => void;
  readonly onActive: (day: number) => void;
  /** Scrolls a day into view. */
  readonly show: (day: number) => void;
}

/** Arrow keys move by day and week, with Shift they select; Enter opens a day, Escape clears the selection. */
export function useCalendarKeys(
  { days, active }: CalendarPlace,
  { onSelect, onOpen, onActive, show }: CalendarActions,
): (event: KeyboardEvent) => void {
  /** Start of the selection; null if there is none. */
  const anchor = useRef<number | null>(null);
  const goal = (key: string): number | null => {
    const step = steps[key];
    if (step !== undefined) return days.clamp(active + step);
    return key === 'Home' ? days.first : key === 'End' ? days.last : null;
  };
  return (event) => {
    const to = goal(event.key);
    if (event.key === 'Enter' || event.key === ' ') onOpen(active);
    else if (event.key === 'Escape') onSelect(null);
    else if (to !== null) {
      anchor.current = event.shiftKey ? (anchor.current ?? active) : null;
      if (anchor.current !== null) onSelect(rangeOf(anchor.current, to));
      onActive(to);
      show(to);
    } else return;
    event.preventDefault();
  };
}
