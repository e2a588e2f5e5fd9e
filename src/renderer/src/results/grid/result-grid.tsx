import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useSyncExternalStore, type ClipboardEvent } from 'react';
import type { Column } from '../../../../contract/warehouse';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import type { ResultWindows } from '../result-windows';
import { isNumberType } from './column-layout';
import { GridHeaderRow } from './grid-header';
import { cellId, GridRow } from './grid-row';
import { GridScroll } from './grid-scroll';
import { headerHeight, rowHeight, rowNumberWidth } from './grid-sizes';
import { ScrollGeometry } from './scroll-geometry';
import { useActiveCell, type ActiveCell } from './use-active-cell';
import { useGridTable } from './use-grid-table';

export interface ResultGridProps {
  readonly columns: readonly Column[];
  readonly windows: ResultWindows;
}

/**
 * The rows of a result, of any number: only those on screen are in the document, and only blocks around them in
 * memory. Give it the id of its result as key, so that another result starts a grid of its own.
 */
export function ResultGrid({ columns, windows }: ResultGridProps) {
  const element = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const version = useSyncExternalStore(windows.subscribe, windows.getVersion);

  const scroll = useMemo(() => new GridScroll(new ScrollGeometry(windows.rows, rowHeight), headerHeight), [windows]);
  const firstItem = useSyncExternalStore(scroll.subscribe, scroll.getFirstItem);
  const items = useGridItems(scroll, element);
  useLayoutEffect(() => {
    if (element.current && layer.current) return scroll.attach(element.current, layer.current);
  }, [scroll]);

  const firstRow = firstItem + (items.at(0)?.index ?? 0);
  const lastRow = firstItem + (items.at(-1)?.index ?? 0);
  useEffect(() => windows.want(firstRow, lastRow), [windows, firstRow, lastRow]);

  const { headers, visible, width, numberWidth, showColumn } = useGridColumns(columns, windows, element);
  const { active, setActive, onKeyDown } = useActiveCell(
    () => ({ rows: windows.rows, columns: columns.length, pageRows: scroll.pageRows }),
    (cell) => {
      scroll.showRow(cell.row);
      showColumn(cell.column);
    },
  );
  return (
    <div className={classNames('relative h-full min-h-0', focusFrame)}>
      <div
        ref={element}
        role="grid"
        aria-label="Result"
        aria-rowcount={windows.rows + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={isOnScreen(active, firstRow, lastRow) ? cellId(gridId, active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onCopy={(event) => copyText(event, windows.text(active.row, active.column))}
        className="group/grid h-full overflow-auto overscroll-contain bg-surface outline-none"
      >
        <GridHeaderRow columns={columns} headers={headers} width={width} numberWidth={numberWidth} />
        <div
          className="relative overflow-clip"
          style={{ height: scroll.geometry.scrollHeight, width, minWidth: '100%' }}
        >
          <div ref={layer}>
            {items.map(({ index, start }) => (
              <GridRow
                key={firstItem + index}
                row={firstItem + index}
                top={start}
                width={width}
                numberWidth={numberWidth}
                columns={visible}
                activeColumn={active.row === firstItem + index ? active.column : null}
                windows={windows}
                version={version}
                gridId={gridId}
                onPick={setActive}
              />
            ))}
          </div>
        </div>
      </div>
      {windows.error && (
        <div className="absolute inset-x-4 bottom-4">
          <ErrorNotice error={windows.error} onRetry={() => windows.retry()} className="shadow-floating" />
        </div>
      )}
    </div>
  );
}

/** Drawn over the grid: its header and row numbers, which stay in view, would cover an outline of its own. */
const focusFrame =
  'after:pointer-events-none after:absolute after:inset-0 after:z-30 has-focus-visible:after:border-2 after:border-accent';

type ElementRef = { readonly current: HTMLDivElement | null };

function useGridItems(scroll: GridScroll, element: ElementRef) {
  const virtualizer = useVirtualizer({
    count: scroll.geometry.items,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    observeElementOffset: (_, notify) => scroll.subscribe((localOffset) => notify(localOffset, true)),
  });
  return virtualizer.getVirtualItems();
}

/** The columns on screen; a result may have hundreds. */
function useGridColumns(columns: readonly Column[], windows: ResultWindows, element: ElementRef) {
  const numberWidth = rowNumberWidth(windows.rows);
  const table = useGridTable(columns, windows);
  const allHeaders = table.getFlatHeaders();
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => element.current,
    estimateSize: (index) => allHeaders[index]?.getSize() ?? 0,
    paddingStart: numberWidth,
    scrollPaddingStart: numberWidth,
    overscan: 3,
  });
  const width = numberWidth + table.getTotalSize();
  // The virtualizer keeps the sizes it was told first.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, width]);

  const items = virtualizer.getVirtualItems();
  const headers = items.flatMap(({ index }) => allHeaders[index] ?? []);
  const visible = useMemo(
    () =>
      items.map(({ index, start, size }) => ({
        index,
        start,
        width: size,
        right: isNumberType(columns[index]?.type ?? ''),
      })),
    [items, columns],
  );
  return {
    headers,
    visible,
    width,
    numberWidth,
    showColumn: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}

function isOnScreen({ row }: ActiveCell, firstRow: number, lastRow: number): boolean {
  return row >= firstRow && row <= lastRow;
}

function copyText(event: ClipboardEvent, text: string | null | undefined): void {
  if (text === undefined || !document.getSelection()?.isCollapsed) return;
  event.clipboardData.setData('text/plain', text ?? '');
  event.preventDefault();
}
