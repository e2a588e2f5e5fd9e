import { classNames } from '../../components/class-names';
import { rowHeight, rowNumberWidth } from './grid-sizes';

/** A column on screen: where it is and how its values are set. */
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
  readonly columns: readonly GridColumn[];
  readonly activeColumn: number | null;
  readonly text: (column: number) => string | null | undefined;
  readonly cellId: (row: number, column: number) => string;
  readonly onPick: (row: number, column: number) => void;
}

/** One row of a result. */
export function GridRow({ row, top, width, columns, activeColumn, text, cellId, onPick }: GridRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="group absolute left-0 min-w-full border-b border-line/60 hover:bg-hover"
      style={{ top, width, height: rowHeight }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="sticky left-0 z-10 h-full border-r border-line bg-sunken pr-2 text-right font-mono text-micro leading-[25px] text-ink-faint tabular-nums"
        style={{ width: rowNumberWidth }}
      >
        {row + 1}
      </div>
      {columns.map((column) => (
        <div
          key={column.index}
          id={cellId(row, column.index)}
          role="gridcell"
          aria-colindex={column.index + 2}
          aria-selected={activeColumn === column.index}
          onMouseDown={() => onPick(row, column.index)}
          className={classNames(
            'absolute top-0 h-full border-r border-line/60 px-3 font-mono text-small leading-[25px] tabular-nums',
            column.right && 'text-right',
            activeColumn === column.index && 'group-focus/grid:bg-accent-soft group-focus/grid:outline-2',
            'outline-offset-[-2px] outline-accent',
          )}
          style={{ left: rowNumberWidth + column.start, width: column.width }}
        >
          <CellText text={text(column.index)} />
        </div>
      ))}
    </div>
  );
}

/** Line breaks, tabs and other invisible characters would break a row's single line. */
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

function CellText({ text }: { text: string | null | undefined }) {
  if (text === undefined) return <span className="mt-2 block h-2 w-3/5 rounded-small bg-selected" />;
  if (text === null) return <span className="rounded-small bg-selected px-1 text-[10px] text-ink-faint">NULL</span>;
  return (
    <span className="block truncate" title={text.length > 12 ? text : undefined}>
      {text.replace(controlCharacters, '␣')}
    </span>
  );
}
