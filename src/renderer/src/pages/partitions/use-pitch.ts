import { useLayoutEffect, useState, type RefObject } from 'react';
import { labelWidth } from './calendar-year';

const weeksOfYear = 54;

/** Pixels from one day of the calendar to the next: as many as there is room for, within reason. */
export function usePitch(element: RefObject<HTMLElement | null>): number {
  const [pitch, setPitch] = useState(13);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      setPitch(Math.max(10, Math.min(18, Math.floor((width - labelWidth - 4) / weeksOfYear))));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return pitch;
}
