import { kindOf } from '../../../../contract/column-type';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo } from 'react';
import type { Column } from '../../../../contract/column-type';
import type { ResultWindows } from '../rows/result-windows';
import { columnWidth } from './column-layout';
import type { GridColumn } from './grid-row';
import type { PlacedHeader } from './grid-header';
import { rowNumberWidth } from './grid-sizes';
import { indexOf, sampleOf, useGridTable } from './use-grid-table';

type ElementRef = { readonly current: HTMLDivElement | null };

/** A column may be fitted to a greater width than it had at first. */
const maxFittedWidth = 900;

/** The visible columns; a result may have hundreds. Pinned ones are always included. */
export function useGridColumns(columns: readonly Column[], windows: ResultWindows, element: ElementRef) {
  const numberWidth = rowNumberWidth(windows.rows);
  const table = useGridTable(columns, windows);
  const pinnedHeaders = table.getStartFlatHeaders();
  const centerHeaders = table.getCenterFlatHeaders();
  const pinnedWidth = numberWidth + table.getStartTotalSize();
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: centerHeaders.length,
    getScrollElement: () => element.current,
    estimateSize: (index) => centerHeaders[index]?.getSize() ?? 0,
    paddingStart: pinnedWidth,
    scrollPaddingStart: pinnedWidth,
    overscan: 3,
  });
  const width = numberWidth + table.getTotalSize();
  const order = [...pinnedHeaders, ...centerHeaders].map(indexOf);
  const layout = `${order.join(' ')} ${width}`;
  // The virtualizer caches the first sizes.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, layout, pinnedWidth]);

  const items = virtualizer.getVirtualItems();
  const pinned: PlacedHeader[] = pinnedHeaders.map((header, position) => ({
    header,
    position,
    left: numberWidth + header.getStart('start'),
  }));
  const placed: PlacedHeader[] = items.flatMap(({ index, start }) => {
    const header = centerHeaders[index];
    return header ? [{ header, position: pinnedHeaders.length + index, left: start }] : [];
  });
  return {
    table,
    order,
    width,
    headerLayout: { pinned, pinnedWidth, headers: placed, width, numberWidth },
    rowLayout: {
      pinned: useStableColumns(pinned, columns),
      pinnedWidth,
      columns: useStableColumns(placed, columns),
      width,
      numberWidth,
    },
    showColumn: (position: number) => {
      if (position >= pinnedHeaders.length)
        virtualizer.scrollToIndex(position - pinnedHeaders.length, { align: 'auto' });
    },
    fit: (column: number, firstRow: number) => {
      const described = columns[column];
      if (!described) return;
      const size = columnWidth(described, sampleOf(windows, column, firstRow, 200), maxFittedWidth);
      table.setColumnSizing((sizes) => ({ ...sizes, [String(column)]: size }));
    },
  };
}

/** A stable array while nothing about it changes: rows only re-render when their columns change. */
function useStableColumns(placed: readonly PlacedHeader[], columns: readonly Column[]): GridColumn[] {
  const key = placed
    .map(({ header, position, left }) => `${indexOf(header)}@${position}@${left}@${header.getSize()}`)
    .join(' ');
  return useMemo(
    () =>
      key === ''
        ? []
        : key.split(' ').map((text) => {
            const [index = 0, position = 0, start = 0, width = 0] = text.split('@').map(Number);
            return { index, position, start, width, right: kindOf(columns[index]?.type ?? '') === 'number' };
          }),
    [key, columns],
  );
}
