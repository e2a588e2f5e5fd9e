import { civilFromDays } from '../../format/civil-day';

const microsPerDay = 86_400_000_000n;
const microsPerSecond = 1_000_000n;
/** DuckDB stores infinities at the limits of the underlying integer. */
const infiniteDay = 2_147_483_647;
const infiniteMicros = 9_223_372_036_854_775_807n;

/** A DATE, stored as days since 1970, as DuckDB writes it. */
export function formatDate(days: number): string {
  if (days === infiniteDay) return 'infinity';
  if (days === -infiniteDay) return '-infinity';
  const { year, month, day } = civilFromDays(days);
  // The year before 1 is `1 (BC)` in DuckDB and 0 in the astronomical calendar below.
  const written = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return `${written}-${two(month)}-${two(day)}${year > 0 ? '' : ' (BC)'}`;
}

/** A TIMESTAMP, stored as microseconds since 1970, as DuckDB writes it: with a fraction only if it has one. */
export function formatTimestamp(micros: bigint): string {
  if (micros === infiniteMicros) return 'infinity';
  if (micros === -infiniteMicros) return '-infinity';
  // BigInt division rounds toward zero; days before 1970 need the floor.
  const remainder = micros % microsPerDay;
  const timeOfDay = remainder < 0n ? remainder + microsPerDay : remainder;
  const days = Number((micros - timeOfDay) / microsPerDay);
  const seconds = Number(timeOfDay / microsPerSecond);
  const fraction = String(timeOfDay % microsPerSecond)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${formatDate(days)} ${time}${fraction && `.${fraction}`}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
