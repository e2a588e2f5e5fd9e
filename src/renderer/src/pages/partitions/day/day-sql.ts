import { bronze } from '../../../../../contract/relations';

/**
 * A query over the events of a range of days. Before the first refresh it reads the files, through a relative path in
 * which DuckDB only sees the names of days.
 */
export function daysSql(first: string, last: string, refreshed: boolean): string {
  const source = refreshed
    ? bronze
    : `read_parquet('data/events/date=*/events-*.parquet', hive_partitioning = true, hive_types = {'date': VARCHAR})`;
  const literal = (date: string) => (refreshed ? `DATE '${date}'` : `'${date}'`);
  const where = first === last ? `date = ${literal(first)}` : `date BETWEEN ${literal(first)} AND ${literal(last)}`;
  return `SELECT *\nFROM ${source}\nWHERE ${where}`;
}
