import { memo } from 'react';
import { classNames } from '../../components/class-names';
import type { ResultWindows } from '../result-windows';
import { rowHeight } from './grid-sizes';
import type { ActiveCell } from './use-active-cell';

/** A column on screen: where it is, from the left of the row, and how its values are set. */
export interface GridColumn {
  readonly index: number;
  readonly start: number;
  readonly width: number;
  readonly right: boolean;
}

export interface GridRowProps {
  readonly row: number;
  /** Distance from the top of the layer that holds the rows. */
  readonly top: number;
  readonly width: number;
  readonly numberWidth: number;
  readonly columns: readonly GridColumn[];
  readonly activeColumn: number | null;
  readonly windows: ResultWindows;
  /** Of the windows: another one means that there may be other values. */
  readonly version: number;
  readonly gridId: string;
  readonly onPick: (cell: ActiveCell) => void;
}

/** The id of a cell in the document. */
export function cellId(gridId: string, { row, column }: ActiveCell): string {
  return `${gridId}-${row}-${column}`;
}

/** One row of a result. Scrolling draws only the rows that come into view: nothing else about a row changes then. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, width, numberWidth, columns, activeColumn, windows, gridId, onPick } = props;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute left-0 min-w-full border-b contain-layout contain-style border-line/60 hover:bg-hover"
      style={{ top, width, height: rowHeight }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="sticky left-0 z-10 h-full border-r border-line bg-sunken pr-2 text-right font-mono text-micro leading-[25px] text-ink-faint tabular-nums"
        style={{ width: numberWidth }}
      >
        {row + 1}
      </div>
      {columns.map((column) => (
        <div
          key={column.index}
          id={cellId(gridId, { row, column: column.index })}
          role="gridcell"
          aria-colindex={column.index + 2}
          aria-selected={activeColumn === column.index}
          onMouseDown={() => onPick({ row, column: column.index })}
          className={classNames(
            'absolute top-0 h-full border-r border-line/60 px-3 font-mono text-small leading-[25px] tabular-nums',
            column.right && 'text-right',
            activeColumn === column.index && 'group-focus/grid:bg-accent-soft group-focus/grid:outline-2',
            'outline-offset-[-2px] outline-accent',
          )}
          style={{ left: column.start, width: column.width }}
        >
          <CellText text={windows.text(row, column.index)} />
        </div>
      ))}
    </div>
  );
});

/** Line breaks, tabs and other invisible characters would break a row's single line. */
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
