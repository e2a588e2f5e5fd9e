/** A cell by row and column position in the grid. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, by column position in the grid. Both ends are inclusive. */
export interface Selection {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** The rectangle spanned by two cells. */
export function spanOf(a: CellPosition, b: CellPosition): Selection {
  return {
    firstRow: Math.min(a.row, b.row),
    lastRow: Math.max(a.row, b.row),
    firstColumn: Math.min(a.column, b.column),
    lastColumn: Math.max(a.column, b.column),
  };
}

export function cellCount({ firstRow, lastRow, firstColumn, lastColumn }: Selection): number {
  return (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
}
