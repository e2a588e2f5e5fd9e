import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
} from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { Column } from '../../../../contract/column-type';
import { useSelected, useStore } from '../../client/store';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import type { ResultWindows } from '../rows/result-windows';
import type { ColumnCommands } from './column-commands';
import { GridHeaderRow } from './grid-header';
import { cellId, GridRow, type FoundMarks, type GridRowProps, type ResultCell } from './grid-row';
import { GridScroll } from './grid-scroll';
import { headerHeight, rowHeight } from './grid-sizes';
import { ScrollGeometry } from './scroll-geometry';
import { cellCount, type CellPosition } from './selection';
import { useActiveCell, type GridCursor } from './use-active-cell';
import { useGridColumns } from './use-grid-columns';
import { useGridEvents } from './use-grid-events';
import { useGridMenu, type GridMenuTarget } from './use-grid-menu';

/** Rows by number, columns by index in the result. */
export interface SelectedArea {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly columns: readonly number[];
  readonly active: CellPosition;
}

export interface GridHandle {
  /** Scrolls to a row, counted from 0, and selects it. */
  readonly goToRow: (row: number) => void;
  /** Scrolls to a cell and makes it the active one; the focus stays where it is. */
  readonly goToCell: (cell: ResultCell) => void;
  /** Scrolls to a row and selects it whole; the focus stays where it is. */
  readonly markRow: (row: number) => void;
  readonly focus: () => void;
  readonly showAllColumns: () => void;
  /** @param column index in the result */
  readonly hideColumn: (column: number) => void;
  readonly pinColumn: (column: number) => void;
}

export interface ResultGridProps {
  readonly columns: readonly Column[];
  readonly windows: ResultWindows;
  /** Sorting, filtering and other commands that a preview does not have. */
  readonly commands?: ColumnCommands;
  readonly onSelect?: (area: SelectedArea) => void;
  /** Called with the visible columns in their order, by index in the result. */
  readonly onColumns?: (columns: readonly number[]) => void;
  /** Called to inspect the active cell. */
  readonly onOpen?: () => void;
  /** Called for a right click, and for the keys of a context menu, once its target is selected. */
  readonly onMenu?: (target: GridMenuTarget) => void;
  /** Cells that a search has found, and the one that it stands at. */
  readonly found?: FoundMarks | null;
  /** Called to copy the selection; if omitted, the active cell is copied as shown. */
  readonly onCopy?: () => void;
  readonly ref?: Ref<GridHandle>;
}

/**
 * The rows of a result, of any number: only visible rows are in the document, and only blocks around them in memory.
 * Use the id of its result as key, so that another result gets a new grid.
 */
export function ResultGrid(props: ResultGridProps) {
  const { columns, windows, commands, onOpen, onCopy, ref } = props;
  const [element, layer] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const gridId = useId();
  const loaded = useStore(windows);
  const [openMenu, setOpenMenu] = useState<number | null>(null);
  const { scroll, items, firstItem } = useGridScroll(windows.rows, element, layer);
  const { firstRow, lastRow } = useWantedRows(windows, firstItem, items);
  const grid = useGridColumns(columns, windows, element);
  const cursor = useActiveCell(
    () => ({ rows: windows.rows, columns: grid.order.length, pageRows: scroll.pageRows }),
    (cell) => {
      scroll.showRow(cell.row, 'nearest');
      grid.showColumn(cell.column);
    },
  );
  const { active } = cursor;
  useReports(cursor, grid.order, props);
  const { pickColumn, ...rowEvents } = useGridEvents(cursor, windows.rows, grid.order.length, onOpen);
  useGridHandle(ref, { cursor, grid, scroll, element });
  const menu = useGridMenu({ cursor, order: grid.order, gridId, onPickRow: rowEvents.onPickRow, onMenu: props.onMenu });
  const onKeyDown = (event: KeyboardEvent) => {
    if (menu.onKeyDown(event)) return;
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.();
    else if (onCopy && event.key === 'c' && (event.ctrlKey || event.metaKey)) onCopy();
    else if (event.altKey && event.key === 'ArrowDown' && commands) setOpenMenu(grid.order[active.column] ?? null);
    else cursor.onKeyDown(event);
  };
  return (
    <div className={classNames('relative h-full min-h-0', focusFrame)}>
      <div
        ref={element}
        role="grid"
        aria-label="Result"
        aria-multiselectable
        aria-rowcount={windows.rows + 1}
        aria-colcount={grid.order.length + 1}
        aria-activedescendant={active.row >= firstRow && active.row <= lastRow ? cellId(gridId, active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onContextMenu}
        onCopy={(event) =>
          copyText(event, windows.text(active.row, grid.order[active.column] ?? 0), onCopy !== undefined)
        }
        className="group/grid h-full overflow-auto overscroll-contain bg-surface outline-none"
      >
        <GridHeaderRow
          columns={columns}
          table={grid.table}
          commands={commands ?? null}
          {...grid.headerLayout}
          openMenu={openMenu}
          onOpenMenu={setOpenMenu}
          onPickColumn={pickColumn}
          onFit={(column) => grid.fit(column, firstRow)}
        />
        <div
          className="relative overflow-clip"
          style={{ height: scroll.geometry.scrollHeight, width: grid.width, minWidth: '100%' }}
        >
          <div ref={layer}>
            <GridRows
              items={items}
              firstItem={firstItem}
              cursor={cursor}
              {...grid.rowLayout}
              windows={windows}
              loaded={loaded}
              gridId={gridId}
              found={props.found ?? null}
              {...rowEvents}
            />
          </div>
        </div>
      </div>
      <ReadError error={loaded.error} onRetry={() => windows.retry()} />
    </div>
  );
}

interface HandleParts {
  readonly cursor: GridCursor;
  readonly grid: ReturnType<typeof useGridColumns>;
  readonly scroll: GridScroll;
  readonly element: ElementRef;
}

function useGridHandle(ref: Ref<GridHandle> | undefined, { cursor, grid, scroll, element }: HandleParts): void {
  const goTo = (row: number, position: number) => {
    cursor.pick({ row, column: position });
    scroll.showRow(row, 'middle');
  };
  useImperativeHandle(ref, () => ({
    goToRow: (row) => {
      goTo(row, cursor.active.column);
      element.current?.focus();
    },
    goToCell: ({ row, column }) => {
      const position = Math.max(0, grid.order.indexOf(column));
      goTo(row, position);
      grid.showColumn(position);
    },
    markRow: (row) => {
      cursor.select({ row, column: 0 }, { row, column: Math.max(0, grid.order.length - 1) });
      scroll.showRow(row, 'middle');
    },
    focus: () => element.current?.focus(),
    showAllColumns: () => grid.table.toggleAllColumnsVisible(true),
    hideColumn: (column) => grid.table.getColumn(String(column))?.toggleVisibility(false),
    pinColumn: (column) => grid.table.getColumn(String(column))?.pin('start'),
  }));
}

/** An error of reading, above the rows that were read. */
function ReadError({ error, onRetry }: { error: ErrorReport | null; onRetry: () => void }) {
  return (
    error && (
      <div className="absolute inset-x-4 bottom-4">
        <ErrorNotice error={error} onRetry={onRetry} className="shadow-floating" />
      </div>
    )
  );
}

type SharedRowProps = Omit<GridRowProps, 'row' | 'top' | 'activeColumn' | 'firstSelected' | 'lastSelected'>;

interface GridRowsProps extends SharedRowProps {
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly firstItem: number;
  readonly cursor: GridCursor;
}

function GridRows({ items, firstItem, cursor: { active, selection }, ...shared }: GridRowsProps) {
  const several = cellCount(selection) > 1;
  return items.map(({ index, start }) => {
    const row = firstItem + index;
    const selected = several && row >= selection.firstRow && row <= selection.lastRow;
    return (
      <GridRow
        key={row}
        {...shared}
        row={row}
        top={start}
        activeColumn={active.row === row ? active.column : null}
        firstSelected={selected ? selection.firstColumn : null}
        lastSelected={selected ? selection.lastColumn : null}
      />
    );
  });
}

/** Drawn over the grid: its sticky header and row numbers would cover an outline. */
const focusFrame =
  'after:pointer-events-none after:absolute after:inset-0 after:z-30 has-focus-visible:after:border-2 after:border-[var(--focus)]';

/** The visible rows, which are requested. */
function useWantedRows(windows: ResultWindows, firstItem: number, items: readonly { readonly index: number }[]) {
  const firstRow = firstItem + (items.at(0)?.index ?? 0);
  const lastRow = firstItem + (items.at(-1)?.index ?? 0);
  useEffect(() => windows.want(firstRow, lastRow), [windows, firstRow, lastRow]);
  return { firstRow, lastRow };
}

type ElementRef = { readonly current: HTMLDivElement | null };

function useGridScroll(rows: number, element: ElementRef, layer: ElementRef) {
  const scroll = useMemo(() => new GridScroll(new ScrollGeometry(rows, rowHeight), headerHeight), [rows]);
  const firstItem = useSelected(scroll, scroll.getFirstItem);
  const moved = useRef<((offset: number, isScrolling: boolean) => void) | null>(null);
  const virtualizer = useVirtualizer({
    count: scroll.geometry.items,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    observeElementOffset: (_, notify) => {
      moved.current = notify;
    },
  });
  // The virtualizer observes once; a filter, or more rows, bring another scroll position to follow.
  useLayoutEffect(() => scroll.subscribe(() => moved.current?.(scroll.localOffset, true)), [scroll]);
  useLayoutEffect(() => {
    if (element.current && layer.current) return scroll.attach(element.current, layer.current);
  }, [scroll, element, layer]);
  return { scroll, firstItem, items: virtualizer.getVirtualItems() };
}

/** Reports the selection and the visible columns. */
function useReports(
  { selection, active }: Pick<GridCursor, 'selection' | 'active'>,
  order: readonly number[],
  { onSelect, onColumns }: Pick<ResultGridProps, 'onSelect' | 'onColumns'>,
): void {
  const { firstRow, lastRow, firstColumn, lastColumn } = selection;
  const shown = order.join(' ');
  const columns = order.slice(firstColumn, lastColumn + 1).join(' ');
  const activeColumn = order[active.column] ?? 0;
  useEffect(() => {
    const area = { firstRow, lastRow, columns: numbersIn(columns), active: { row: active.row, column: activeColumn } };
    onSelect?.(area);
  }, [onSelect, firstRow, lastRow, columns, active.row, activeColumn]);
  useEffect(() => onColumns?.(numbersIn(shown)), [onColumns, shown]);
}

const numbersIn = (text: string): number[] => (text === '' ? [] : text.split(' ').map(Number));

function copyText(event: ClipboardEvent, text: string | null | undefined, elsewhere: boolean): void {
  if (elsewhere || text === undefined || !document.getSelection()?.isCollapsed) return;
  event.clipboardData.setData('text/plain', text ?? '');
  event.preventDefault();
}
