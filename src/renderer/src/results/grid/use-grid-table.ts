import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from '../../../../contract/column-type';
import type { ResultWindows } from '../rows/result-windows';
import { columnWidth } from './column-layout';

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  columnPinningFeature,
});
type Features = typeof features;

/** Rows never go through the table: a million of them would take hundreds of megabytes. */
type NoRow = Record<string, never>;
const noRows: NoRow[] = [];

/** Rows sampled for the initial width of a column. */
const sampleRows = 40;

export type GridHeader = Header<Features, NoRow>;
export type GridTable = ReturnType<typeof useGridTable>;

/** The index of a column in the result, wherever it is in the grid. */
export function indexOf(header: GridHeader): number {
  return Number(header.column.id);
}

/** The columns of a result as a TanStack table: order, widths, hidden and pinned columns. */
export function useGridTable(columns: readonly Column[], windows: ResultWindows) {
  const definitions = useMemo(
    () =>
      columns.map((column, index): ColumnDef<Features, NoRow> => ({
        // Names may repeat or be empty, so columns are identified by index.
        id: String(index),
        header: column.name,
        size: columnWidth(column, sampleOf(windows, index, 0, sampleRows)),
        minSize: 48,
        maxSize: 2000,
      })),
    [columns, windows],
  );
  return useTable({ features, columns: definitions, data: noRows, columnResizeMode: 'onChange' });
}

/** Values of a column in some rows; undefined for those that are not loaded. */
export function sampleOf(windows: ResultWindows, column: number, first: number, count: number) {
  const rows = Math.max(0, Math.min(count, windows.rows - first));
  return Array.from({ length: rows }, (_, row) => windows.text(first + row, column));
}

/** Moves a column in front of another one. */
export function moveColumn(table: GridTable, id: string, before: string): void {
  const ids = table.getAllLeafColumns().map((column) => column.id);
  const others = ids.filter((other) => other !== id);
  const place = others.indexOf(before);
  const target = ids.indexOf(id) < ids.indexOf(before) ? place + 1 : place;
  table.setColumnOrder([...others.slice(0, target), id, ...others.slice(target)]);
}
