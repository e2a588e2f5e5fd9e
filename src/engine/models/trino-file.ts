/** The end of the name of a text that stands for a model or check on Trino. */
const trinoEnd = '.trino.sql';

/** Whether a file is the text of another model or check for Trino, and no model of its own. */
export function isTrinoFile(name: string): boolean {
  return name.endsWith(trinoEnd);
}

/** `models/orders.trino.sql` for `models/orders.sql`. */
export function trinoFileOf(file: string): string {
  return file.replace(/\.sql$/, trinoEnd);
}
