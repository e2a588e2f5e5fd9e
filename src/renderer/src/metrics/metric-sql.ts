import { sqlName } from '../format/sql-name';

/** All rows of a metric in the order of its first column, which is the time for those that have one. */
export function metricSql(name: string): string {
  return `SELECT * FROM ${sqlName(name)} ORDER BY ALL`;
}
