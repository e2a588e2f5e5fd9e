import type { Column } from '../../../../contract/warehouse';
import { classNames } from '../../components/class-names';
import { isNumberType } from './column-layout';
import { headerHeight } from './grid-sizes';
import type { GridHeader } from './use-grid-table';

export interface GridHeaderRowProps {
  readonly columns: readonly Column[];
  /** Only those on screen. */
  readonly headers: readonly GridHeader[];
  readonly width: number;
  readonly numberWidth: number;
}

/** Names and types of the columns, in view while the rows scroll. */
export function GridHeaderRow({ columns, headers, width, numberWidth }: GridHeaderRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 min-w-full border-b border-line bg-sunken"
      style={{ width, height: headerHeight }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        className="sticky left-0 z-10 h-full border-r border-line bg-sunken"
        style={{ width: numberWidth }}
      >
        <span className="sr-only">Row</span>
      </div>
      {headers.map((header) => {
        const column = columns[header.index];
        return (
          column && (
            <HeaderCell key={header.id} header={header} column={column} left={numberWidth + header.getStart()} />
          )
        );
      })}
    </div>
  );
}

interface HeaderCellProps {
  readonly header: GridHeader;
  readonly column: Column;
  readonly left: number;
}

function HeaderCell({ header, column: { name, type }, left }: HeaderCellProps) {
  return (
    <div
      role="columnheader"
      aria-colindex={header.index + 2}
      className={classNames(
        'absolute top-0 flex h-full flex-col justify-center border-r border-line px-3',
        isNumberType(type) && 'text-right',
      )}
      style={{ left, width: header.getSize() }}
    >
      <span className="truncate text-small leading-4 font-semibold" title={name}>
        {name}
      </span>
      <span className="truncate font-mono text-[10px] leading-3.5 text-ink-faint" title={type}>
        {type}
      </span>
      <span
        aria-hidden
        className="absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize hover:bg-accent/40"
        onMouseDown={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </div>
  );
}
