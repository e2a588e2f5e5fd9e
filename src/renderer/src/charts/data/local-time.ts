const minuteMs = 60_000;

/** Minutes that this computer's clock is ahead of UTC at an instant; 0 where `Date` knows no such time. */
function minutesAhead(instant: number): number {
  const behind = new Date(instant).getTimezoneOffset();
  return Number.isNaN(behind) ? 0 : -behind;
}

/** The time on this computer's clock at an instant, both in milliseconds since 1970, as if the clock showed UTC. */
export function localTime(instant: number): number {
  return instant + minutesAhead(instant) * minuteMs;
}

/** An instant at which this computer's clock shows a time. */
export function instantAt(local: number): number {
  const near = local - minutesAhead(local) * minuteMs;
  return local - minutesAhead(near) * minuteMs;
}

/** How far this computer's clock is ahead of UTC at an instant, as DuckDB writes it: `+01`, `-03:30`. */
export function offsetText(instant: number): string {
  const ahead = minutesAhead(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.abs(ahead) % 60;
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}
