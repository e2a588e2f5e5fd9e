import { useEffect, useState } from 'react';

/** The current time of a clock, updated every `intervalMs`. `clock` must be stable. */
export function useNow(clock: () => number, intervalMs: number): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), intervalMs);
    return () => clearInterval(timer);
  }, [clock, intervalMs]);
  return now;
}

/** Milliseconds since 1970, for relative times. */
export const wallClock = (): number => Date.now();

/** Milliseconds since the window opened, independent of changes to the system's clock. */
export const stopwatch = (): number => performance.now();
