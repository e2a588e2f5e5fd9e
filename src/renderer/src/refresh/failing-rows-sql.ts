import type { Check } from '../../../contract/refresh-summary';
import { embeddable } from '../results/session/statement-sql';

/**
 * The statement that returns the rows which fail a check.
 * @param date only those of this partition (YYYY-MM-DD); null for all days
 */
export function failingRowsSql({ sql }: Pick<Check, 'sql'>, date: string | null): string {
  const statement = embeddable(sql) ?? sql;
  return date === null ? statement : `SELECT *\nFROM (\n${statement}\n)\nWHERE date = DATE '${date}'`;
}

/** The number of rows that failed a check at the last refresh, and of the days they are on. */
export function failureOf({ result }: Pick<Check, 'result'>, date: string | null) {
  const days = result?.failedDays.filter((day) => date === null || day.date === date) ?? [];
  return { days: days.map((day) => day.date), rows: days.reduce((rows, day) => rows + day.rows, 0) };
}
