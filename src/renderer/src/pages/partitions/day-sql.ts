/** A query over the events of days, from the first to the last; from the files themselves before there are layers. */
export function daysSql(first: string, last: string, folder: string, refreshed: boolean): string {
  const where = first === last ? `date = DATE '${first}'` : `date BETWEEN DATE '${first}' AND DATE '${last}'`;
  const source = refreshed
    ? 'bronze_events'
    : `read_parquet('${folder.replaceAll("'", "''")}/data/events/date=*/events-*.parquet', hive_partitioning = true)`;
  return `SELECT *\nFROM ${source}\nWHERE ${where}`;
}
