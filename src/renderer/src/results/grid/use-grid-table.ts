import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from '../../../../contract/warehouse';
import type { ResultWindows } from '../result-windows';
import { columnWidth } from './column-layout';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
type Features = typeof features;

/** Rows never go through the table: a million of them would cost it hundreds of megabytes. */
type NoRow = Record<string, never>;
const noRows: NoRow[] = [];

/** Rows whose values decide how wide a column starts out. */
const sampleRows = 40;

export type GridHeader = Header<Features, NoRow>;

/** The columns of a result as a TanStack table: order and widths, and later whatever else columns can do. */
export function useGridTable(columns: readonly Column[], windows: ResultWindows) {
  const definitions = useMemo(
    () =>
      columns.map((column, index): ColumnDef<Features, NoRow> => {
        const sample = Array.from({ length: Math.min(sampleRows, windows.rows) }, (_, row) => windows.text(row, index));
        // Names may repeat or be empty, so a column is known by its place.
        return {
          id: String(index),
          header: column.name,
          size: columnWidth(column, sample),
          minSize: 48,
          maxSize: 2000,
        };
      }),
    [columns, windows],
  );
  return useTable({ features, columns: definitions, data: noRows, columnResizeMode: 'onChange' });
}
