export const rowHeight = 26;
export const headerHeight = 42;

/** Width of the row number column: the digits of the last number. */
export function rowNumberWidth(rows: number): number {
  return Math.max(36, String(rows).length * 6.7 + 18);
}
