import { useLayoutEffect, useState, type RefObject } from 'react';
import { labelWidth, weeksOfYear } from './calendar-year';

/** Pixels from one day of the calendar to the next: as many as there is room for, within reason. */
export function usePitch(element: RefObject<HTMLElement | null>): number {
  const [pitch, setPitch] = useState(13);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const fit = () =>
      setPitch(Math.max(10, Math.min(20, Math.floor((current.clientWidth - labelWidth - 1) / weeksOfYear))));
    // At once, too: thousands of days would be drawn twice otherwise.
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return pitch;
}
