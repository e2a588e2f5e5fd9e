import { bronze } from '../../../../../contract/relations';

/**
 * A query over the events of days, from the first to the last. Before there are layers, from the files themselves: by a
 * path from the workspace, in which DuckDB sees no names but those of the days.
 */
export function daysSql(first: string, last: string, refreshed: boolean): string {
  const source = refreshed
    ? bronze
    : `read_parquet('data/events/date=*/events-*.parquet', hive_partitioning = true, hive_types = {'date': VARCHAR})`;
  const literal = (date: string) => (refreshed ? `DATE '${date}'` : `'${date}'`);
  const where = first === last ? `date = ${literal(first)}` : `date BETWEEN ${literal(first)} AND ${literal(last)}`;
  return `SELECT *\nFROM ${source}\nWHERE ${where}`;
}
