import { useLayoutEffect, useState, type RefObject } from 'react';
import { labelWidth, weeksOfYear } from './calendar-year';

/** Distance between days of the calendar in pixels: as large as fits, within limits. */
export function usePitch(element: RefObject<HTMLElement | null>): number {
  const [pitch, setPitch] = useState(13);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const fit = () =>
      setPitch(Math.max(10, Math.min(20, Math.floor((current.clientWidth - labelWidth - 1) / weeksOfYear))));
    // Measured at once too: otherwise thousands of days would be drawn twice.
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return pitch;
}
