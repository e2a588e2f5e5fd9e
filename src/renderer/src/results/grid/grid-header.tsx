import { kindOf } from '../../../../contract/column-type';
import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import type { DragEvent } from 'react';
import type { Column } from '../../../../contract/column-type';
import { classNames } from '../../components/class-names';
import { onceReleased } from '../../components/overlays/once-released';
import type { ColumnCommands } from './column-commands';
import { headerHeight } from './grid-sizes';
import { HeaderMenu, type HeaderActions } from './header-menu';
import { indexOf, moveColumn, type GridHeader } from './use-grid-table';

export interface PlacedHeader {
  readonly header: GridHeader;
  readonly position: number;
  readonly left: number;
}

export interface GridHeaderRowProps extends HeaderActions {
  readonly columns: readonly Column[];
  readonly pinned: readonly PlacedHeader[];
  readonly pinnedWidth: number;
  /** Visible columns only. */
  readonly headers: readonly PlacedHeader[];
  readonly width: number;
  readonly numberWidth: number;
}

/** Names and types of the columns, sticky above the rows. */
export function GridHeaderRow(props: GridHeaderRowProps) {
  const { columns, pinned, pinnedWidth, headers, width, numberWidth, ...actions } = props;
  const cell = (placed: PlacedHeader) => {
    const column = columns[indexOf(placed.header)];
    return column && <HeaderCell key={placed.header.id} {...placed} column={column} {...actions} />;
  };
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 min-w-full border-b border-line bg-sunken"
      style={{ width, height: headerHeight }}
    >
      <div role="presentation" className="sticky left-0 z-10 h-full bg-sunken" style={{ width: pinnedWidth }}>
        <div
          role="columnheader"
          aria-colindex={1}
          className="h-full border-r border-line bg-sunken"
          style={{ width: numberWidth }}
        >
          <span className="sr-only">Row</span>
        </div>
        {pinned.map(cell)}
      </div>
      {headers.map(cell)}
    </div>
  );
}

interface HeaderCellProps extends PlacedHeader, HeaderActions {
  readonly column: Column;
}

function HeaderCell({ header, position, left, column, ...actions }: HeaderCellProps) {
  const { table, commands, onPickColumn, onFit, onOpenMenu } = actions;
  const { name, type } = column;
  const index = indexOf(header);
  const sort = commands?.sort.find((key) => key.column === index);
  const filtered = commands?.filters.some((filter) => filter.column === index) ?? false;
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    moveColumn(table, event.dataTransfer.getData('text/plain'), header.column.id);
  };
  return (
    <div
      role="columnheader"
      aria-colindex={position + 2}
      // Without the name of its menu.
      aria-label={`${name || 'Unnamed'} ${type}${filtered ? ', filtered' : ''}`}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      draggable
      onDragStart={(event) => {
        // Dragging the edge of a column being resized would otherwise move the column.
        if (header.column.getIsResizing()) event.preventDefault();
        else event.dataTransfer.setData('text/plain', header.column.id);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onClick={(event) => {
        // React passes on clicks in the open menu, which is elsewhere in the document.
        if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
        const selects = !commands || event.ctrlKey || event.metaKey;
        if (selects) onPickColumn(position, event.shiftKey);
        else commands.setSort(index, nextSort(sort?.descending), event.shiftKey);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        if (commands) onceReleased(event, () => onOpenMenu(index));
      }}
      title={commands ? 'Click to sort, Shift+click to add to the sort, Ctrl+click to select the column' : undefined}
      className={classNames(
        'group/header absolute top-0 flex h-full items-center gap-0.5 border-r border-line hover:bg-hover',
        // Headers of numeric columns are right-aligned, so their icons come before the name.
        kindOf(type) === 'number' ? 'flex-row-reverse pr-3 pl-1.5' : 'pr-1.5 pl-3',
      )}
      style={{ left, width: header.getSize() }}
    >
      <div className={classNames('min-w-0 flex-1', kindOf(type) === 'number' && 'text-right')}>
        <span className="block truncate text-small leading-4 font-semibold" title={name}>
          {name}
        </span>
        <span className="block truncate font-mono text-[10px] leading-3.5 text-ink-faint" title={typeNote(type)}>
          {type}
        </span>
      </div>
      {filtered && <ListFilter size={11} aria-label="filtered" className="shrink-0 text-accent-ink" />}
      {sort && <SortMark descending={sort.descending} place={placeIn(commands?.sort ?? [], index)} />}
      {commands && <HeaderMenu header={header} name={name} position={position} {...actions} commands={commands} />}
      <span
        aria-hidden
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        className="absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize hover:bg-accent/40"
        onMouseDown={header.getResizeHandler()}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={() => onFit(index)}
      />
    </div>
  );
}

/** A click on a header sorts up, then down, then not at all. */
function nextSort(descending: boolean | undefined): boolean | null {
  if (descending === undefined) return false;
  return descending ? null : true;
}

/** The place of a column in a sort of several, from 1; null if it is the only one. */
function placeIn(sort: ColumnCommands['sort'], column: number): number | null {
  return sort.length > 1 ? sort.findIndex((key) => key.column === column) + 1 : null;
}

function SortMark({ descending, place }: { descending: boolean; place: number | null }) {
  const Icon = descending ? ArrowDown : ArrowUp;
  return (
    <span className="flex shrink-0 items-center text-accent-ink">
      <Icon size={12} aria-hidden />
      {place !== null && <span className="text-[10px] font-semibold">{place}</span>}
    </span>
  );
}

/** Names the time zone of a timestamp: values are never converted silently. */
function typeNote(type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `${type}: points in time, shown in this computer's time zone with its offset`;
  if (type.startsWith('TIMESTAMP')) return `${type}: as stored, without a time zone`;
  return type;
}
