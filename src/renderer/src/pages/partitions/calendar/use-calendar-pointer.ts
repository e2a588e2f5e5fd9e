import { useRef, type PointerEvent, type RefObject } from 'react';
import { dayAtPoint, type CalendarGeometry } from './geometry';
import { rangeOf, type CalendarRow, type DayRange, type Days } from '../../../calendar/days';

interface CalendarPlace {
  readonly element: RefObject<HTMLElement | null>;
  readonly geometry: CalendarGeometry;
  /** From the top. */
  readonly rows: readonly CalendarRow[];
  readonly days: Days;
  readonly selection: DayRange | null;
  readonly active: number;
}

interface CalendarActions {
  readonly onSelect: (range: DayRange | null) => void;
  readonly onOpen: (day: number) => void;
  readonly onActive: (day: number) => void;
}

/** Dragging selects a range, as does a Shift-click; a plain click opens the day. */
export function useCalendarPointer(place: CalendarPlace, { onSelect, onOpen, onActive }: CalendarActions) {
  const { selection, active } = place;
  /** Start of the selection; null if there is none. */
  const anchor = useRef<number | null>(null);
  const lastPressed = useRef<number | null>(null);
  return {
    onPointerDown: (event: PointerEvent) => {
      const day = dayUnder(event, place);
      if (day === null || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const extended = event.shiftKey ? lastPressed.current : null;
      anchor.current = extended ?? day;
      lastPressed.current = anchor.current;
      onActive(day);
      onSelect(extended === null ? null : rangeOf(extended, day));
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) scrollAtEdges(event, place.element.current);
      const day = dayUnder(event, place);
      if (day === null || day === active) return;
      onActive(day);
      const dragging = event.currentTarget.hasPointerCapture(event.pointerId) && anchor.current !== null;
      if (dragging && anchor.current !== null) onSelect(rangeOf(anchor.current, day));
    },
    onPointerUp: (event: PointerEvent) => {
      const day = dayUnder(event, place);
      if (day !== null && day === anchor.current && !selection) onOpen(day);
      anchor.current = null;
    },
  };
}

const scrollStep = 16;

/** A range may extend beyond the visible area. */
function scrollAtEdges({ clientY }: PointerEvent, element: HTMLElement | null): void {
  const box = element?.getBoundingClientRect();
  if (!element || !box) return;
  if (clientY < box.top) element.scrollTop -= scrollStep;
  if (clientY > box.bottom) element.scrollTop += scrollStep;
}

/** Computed rather than by element: thousands of squares need no listeners, and gaps between them count too. */
function dayUnder(event: PointerEvent, { element, geometry, rows, days }: CalendarPlace): number | null {
  if (!element.current) return null;
  const box = element.current.getBoundingClientRect();
  const y = event.clientY - box.top + element.current.scrollTop;
  const index = Math.floor(y / geometry.yearHeight);
  const row = rows[index];
  if (row?.kind !== 'year') return null;
  const day = dayAtPoint(row.year, event.clientX - box.left, y - index * geometry.yearHeight, geometry);
  return day !== null && days.includes(day) ? day : null;
}
