const microsPerDay = 86_400_000_000n;
const microsPerSecond = 1_000_000n;
/** DuckDB keeps its infinities at the ends of the range of the integer below. */
const infiniteDay = 2_147_483_647;
const infiniteMicros = 9_223_372_036_854_775_807n;

/** A DATE, kept as days since 1970, as DuckDB writes it. */
export function formatDate(days: number): string {
  if (days === infiniteDay) return 'infinity';
  if (days === -infiniteDay) return '-infinity';
  const { year, month, day } = civilFromDays(days);
  // The year before the year 1 is `1 (BC)` to DuckDB and 0 to the calendar below.
  const written = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return `${written}-${two(month)}-${two(day)}${year > 0 ? '' : ' (BC)'}`;
}

/** A TIMESTAMP, kept as microseconds since 1970, as DuckDB writes it: a fraction only where there is one. */
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

/**
 * The proleptic Gregorian day of a day number, by the arithmetic of Howard Hinnant's `civil_from_days`: `Date` ends
 * at the year 275760, DuckDB's dates do not.
 */
function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const eraIndex = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - eraIndex * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + eraIndex * 400 + (month <= 2 ? 1 : 0), month, day };
}
