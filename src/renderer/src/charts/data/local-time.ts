const minuteMs = 60_000;

/** This computer's offset from UTC at an instant, in minutes; 0 if `Date` can't represent it. */
function minutesAhead(instant: number): number {
  const behind = new Date(instant).getTimezoneOffset();
  return Number.isNaN(behind) ? 0 : -behind;
}

/** Local time at an instant, both in milliseconds since 1970, as if the local clock showed UTC. */
export function localTime(instant: number): number {
  return instant + minutesAhead(instant) * minuteMs;
}

/** An instant at which the local clock shows a time. */
export function instantAt(local: number): number {
  const near = local - minutesAhead(local) * minuteMs;
  return local - minutesAhead(near) * minuteMs;
}

/** The local offset from UTC at an instant, as DuckDB writes it: `+01`, `-03:30`. */
export function offsetText(instant: number): string {
  const ahead = minutesAhead(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.abs(ahead) % 60;
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}
