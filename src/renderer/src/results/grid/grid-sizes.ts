export const rowHeight = 26;
export const headerHeight = 42;

/** The width of the column of row numbers: as many digits as the last one has. */
export function rowNumberWidth(rows: number): number {
  return Math.max(36, String(rows).length * 6.7 + 18);
}
