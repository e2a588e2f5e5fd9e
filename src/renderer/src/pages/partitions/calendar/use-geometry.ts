import { useLayoutEffect, useMemo, useState, type RefObject } from 'react';
import type { Days } from '../../../calendar/days';
import { geometryOf, type CalendarGeometry } from './geometry';

/** The geometry of a calendar that fills its element, which is followed as it is resized. */
export function useGeometry(element: RefObject<HTMLElement | null>, days: Days): CalendarGeometry {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setRoom({ width: current.clientWidth, height: current.clientHeight });
    // Measured at once too: otherwise thousands of days would be drawn twice.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return useMemo(() => geometryOf(room, days), [room, days]);
}
