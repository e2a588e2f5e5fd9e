/** Some consecutive rows of a result, read and ready to be shown. Rows count from the first of the block. */
export interface Block {
  readonly rows: number;
  /** A cell exactly as DuckDB writes it; null for NULL. */
  text(row: number, column: number): string | null;
  /** A cell as a number, for charts: dates and times in milliseconds since 1970; null where there is none. */
  number(row: number, column: number): number | null;
}
