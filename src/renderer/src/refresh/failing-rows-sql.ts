import type { Check } from '../../../contract/refresh-summary';
import { placed, type PlacedSql } from '../cluster/placed';
import { embeddable } from '../results/session/statement-sql';

/**
 * The statement that returns the rows which fail a check.
 * @param sql the text of the check
 * @param date only those of this partition (YYYY-MM-DD); null for all days
 */
export function failingRowsSql(sql: string, date: string | null): string {
  const statement = embeddable(sql) ?? sql;
  return date === null ? statement : `SELECT *\nFROM (\n${statement}\n)\nWHERE date = DATE '${date}'`;
}

/** The same statement where the models are that the check reads. */
export function failingRows(
  { sql, trinoSql, dependsOn }: Pick<Check, 'sql' | 'trinoSql' | 'dependsOn'>,
  date: string | null,
  models: Parameters<typeof placed>[2],
): PlacedSql {
  const { on, sql: text } = placed({ sql, trinoSql }, dependsOn, models);
  return { on, sql: failingRowsSql(text, date) };
}

/** The number of rows that failed a check at the last refresh, and of the days they are on. */
export function failureOf({ result }: Pick<Check, 'result'>, date: string | null) {
  const days = result?.failedDays.filter((day) => date === null || day.date === date) ?? [];
  return { days: days.map((day) => day.date), rows: days.reduce((rows, day) => rows + day.rows, 0) };
}
