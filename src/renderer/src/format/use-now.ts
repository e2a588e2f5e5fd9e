import { useEffect, useState } from 'react';

/** The time by a clock, told again and again, `intervalMs` apart. `clock` must keep its identity. */
export function useNow(clock: () => number, intervalMs: number): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), intervalMs);
    return () => clearInterval(timer);
  }, [clock, intervalMs]);
  return now;
}

/** Milliseconds since 1970, to tell how long ago something was. */
export const wallClock = (): number => Date.now();

/** Milliseconds since the window opened, which no change of the system's clock can turn back. */
export const stopwatch = (): number => performance.now();
