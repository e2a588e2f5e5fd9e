import { memo, type MouseEvent } from 'react';
import { classNames } from '../../components/class-names';
import type { ResultWindows, WindowsState } from '../rows/result-windows';
import { rowHeight } from './grid-sizes';
import type { CellPosition } from './selection';

/** A visible column: its index, its position, and its alignment. */
export interface GridColumn {
  /** Index in the result. */
  readonly index: number;
  /** Position in the grid. */
  readonly position: number;
  readonly start: number;
  readonly width: number;
  readonly right: boolean;
}

/** A cell by its row and by the index of its column in the result. */
export interface ResultCell {
  readonly row: number;
  readonly column: number;
}

/** The cells that a search has found near the one that it stands at. */
export interface FoundMarks {
  /** As {@link foundKey} writes them. */
  readonly cells: ReadonlySet<string>;
  readonly current: ResultCell | null;
}

export const foundKey = ({ row, column }: ResultCell): string => `${row} ${column}`;

export interface GridRowProps {
  readonly row: number;
  /** Offset from the top of the layer with the rows. */
  readonly top: number;
  readonly width: number;
  readonly numberWidth: number;
  /** Pinned to the left. */
  readonly pinned: readonly GridColumn[];
  readonly pinnedWidth: number;
  readonly columns: readonly GridColumn[];
  readonly activeColumn: number | null;
  /** Positions of the first and last selected column; null if the row has none. */
  readonly firstSelected: number | null;
  readonly lastSelected: number | null;
  readonly windows: ResultWindows;
  /** A new one means that values of the windows may have changed. */
  readonly loaded: WindowsState;
  readonly gridId: string;
  readonly found: FoundMarks | null;
  readonly onPick: (cell: CellPosition, extend: boolean) => void;
  readonly onPickRow: (row: number, extend: boolean) => void;
  readonly onOpen: (cell: CellPosition) => void;
}

/** The element id of a cell. */
export function cellId(gridId: string, { row, column }: CellPosition): string {
  return `${gridId}-${row}-${column}`;
}

/** One row of a result. Scrolling only draws rows that come into view: nothing else about a row changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, width, numberWidth, pinned, pinnedWidth, columns, onPickRow } = props;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute left-0 min-w-full border-b contain-layout contain-style border-line/60 hover:bg-hover"
      style={{ top, width, height: rowHeight }}
    >
      <div role="presentation" className="sticky left-0 z-10 h-full bg-surface" style={{ width: pinnedWidth }}>
        <div
          role="rowheader"
          aria-colindex={1}
          onMouseDown={(event) => onPickRow(row, event.shiftKey)}
          onMouseEnter={(event) => event.buttons === 1 && onPickRow(row, true)}
          className="h-full border-r border-line bg-sunken pr-2 text-right font-mono text-micro leading-[25px] text-ink-faint"
          style={{ width: numberWidth }}
        >
          {row + 1}
        </div>
        {pinned.map((column) => (
          <Cell key={column.index} column={column} {...props} />
        ))}
      </div>
      {columns.map((column) => (
        <Cell key={column.index} column={column} {...props} />
      ))}
    </div>
  );
});

function Cell({ column, ...props }: { column: GridColumn } & GridRowProps) {
  const { row, activeColumn, firstSelected, lastSelected, windows, gridId, found, onPick, onOpen } = props;
  const { index, position, start, width, right } = column;
  const active = activeColumn === position;
  const selected =
    firstSelected !== null && lastSelected !== null && position >= firstSelected && position <= lastSelected;
  const cell = { row, column: position };
  const isCurrent = found?.current?.row === row && found.current.column === index;
  const onMouseDown = ({ button, shiftKey }: MouseEvent) => button === 0 && onPick(cell, shiftKey);
  return (
    <div
      id={cellId(gridId, cell)}
      role="gridcell"
      aria-colindex={position + 2}
      aria-selected={selected || active}
      onMouseDown={onMouseDown}
      onMouseEnter={(event) => event.buttons === 1 && onPick(cell, true)}
      onDoubleClick={() => onOpen(cell)}
      className={classNames(
        'absolute top-0 h-full border-r border-line/60 px-3 font-mono text-small leading-[25px]',
        right && 'text-right',
        found?.cells.has(foundKey({ row, column: index })) && 'bg-warn-soft',
        isCurrent && 'outline-2',
        selected && 'bg-accent-soft',
        active && 'group-focus/grid:bg-accent-soft group-focus/grid:outline-2',
        'outline-offset-[-2px] outline-accent',
      )}
      style={{ left: start, width }}
    >
      <CellText text={windows.text(row, index)} />
    </div>
  );
}

/** Line breaks, tabs and other invisible characters would break the single line. */
const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function CellText({ text }: { text: string | null | undefined }) {
  if (text === undefined) return <span className="mt-2 block h-2 w-3/5 rounded-small bg-selected" />;
  if (text === null) return <span className="rounded-small bg-selected px-1 text-[10px] text-ink-faint">NULL</span>;
  return (
    <span className="block truncate" title={text.length > 12 ? text : undefined}>
      {text.replace(controlCharacters, '␣')}
    </span>
  );
}
