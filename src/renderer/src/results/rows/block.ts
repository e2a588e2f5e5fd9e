/** Consecutive rows of a result, decoded for display. Rows are counted from the first of the block. */
export interface Block {
  readonly rows: number;
  /** A cell exactly as DuckDB writes it; null for NULL. */
  text(row: number, column: number): string | null;
  /** A cell as a number, for charts: dates and times in milliseconds since 1970; null if it has none. */
  number(row: number, column: number): number | null;
}
