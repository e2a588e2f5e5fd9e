import { sqlName } from '../format/sql-name';

/** All rows of a metric ordered by its columns, of which the first is usually the time. */
export function metricSql(name: string): string {
  return `SELECT * FROM ${sqlName(name)} ORDER BY ALL`;
}
