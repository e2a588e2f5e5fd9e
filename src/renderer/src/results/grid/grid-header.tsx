import { kindOf } from '../../../../contract/column-type';
import {
  ArrowDown,
  ArrowUp,
  ChartColumn,
  EllipsisVertical,
  EyeOff,
  ListFilter,
  MoveHorizontal,
  Pin,
  PinOff,
} from 'lucide-react';
import type { DragEvent } from 'react';
import type { Column } from '../../../../contract/column-type';
import { classNames } from '../../components/class-names';
import { Menu, MenuItem, MenuLine } from '../../components/overlays/menu';
import type { ColumnCommands } from './column-commands';
import { headerHeight } from './grid-sizes';
import { indexOf, moveColumn, type GridHeader, type GridTable } from './use-grid-table';

export interface PlacedHeader {
  readonly header: GridHeader;
  readonly position: number;
  readonly left: number;
}

interface HeaderActions {
  readonly table: GridTable;
  readonly commands: ColumnCommands | null;
  /** Index in the result of the column with the open menu. Not its position, which the menu's own commands change. */
  readonly openMenu: number | null;
  readonly onOpenMenu: (column: number | null) => void;
  readonly onPickColumn: (position: number, extend: boolean) => void;
  readonly onFit: (column: number) => void;
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
  const { table, commands, onPickColumn, onFit } = actions;
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
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      draggable
      onDragStart={(event) => {
        // Dragging the edge of a column being resized would otherwise move the column.
        if (header.column.getIsResizing()) event.preventDefault();
        else event.dataTransfer.setData('text/plain', header.column.id);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onClick={(event) => onPickColumn(position, event.shiftKey)}
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
      {sort && <SortMark descending={sort.descending} />}
      {commands && <HeaderMenu header={header} name={name} {...actions} commands={commands} />}
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

function SortMark({ descending }: { descending: boolean }) {
  const Icon = descending ? ArrowDown : ArrowUp;
  return <Icon size={12} aria-hidden className="shrink-0 text-accent-ink" />;
}

interface HeaderMenuProps extends Omit<HeaderActions, 'commands'> {
  readonly header: GridHeader;
  readonly name: string;
  readonly commands: ColumnCommands;
}

function HeaderMenu({ header, name, table, commands, openMenu, onOpenMenu, onFit }: HeaderMenuProps) {
  const index = indexOf(header);
  const { column } = header;
  const pinned = column.getIsPinned() !== false;
  const sort = commands.sort.find((key) => key.column === index);
  return (
    <Menu
      label={`Column ${name}`}
      open={openMenu === index}
      onOpenChange={(open) => onOpenMenu(open ? index : null)}
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Column ${name}`}
          onClick={(event) => event.stopPropagation()}
          className="shrink-0 rounded-small p-0.5 text-ink-faint opacity-0 group-hover/header:opacity-100 hover:bg-selected hover:text-ink focus-visible:opacity-100 data-[state=open]:opacity-100"
        >
          <EllipsisVertical size={12} aria-hidden />
        </button>
      }
    >
      <MenuItem
        icon={ArrowUp}
        checked={sort?.descending === false}
        onSelect={() => commands.setSort(index, false, false)}
      >
        Sort ascending
      </MenuItem>
      <MenuItem
        icon={ArrowDown}
        checked={sort?.descending === true}
        onSelect={() => commands.setSort(index, true, false)}
      >
        Sort descending
      </MenuItem>
      <MenuItem
        disabled={commands.sort.length === 0 || sort !== undefined}
        onSelect={() => commands.setSort(index, false, true)}
      >
        Add to sort
      </MenuItem>
      <MenuItem disabled={!sort} onSelect={() => commands.setSort(index, null, true)}>
        Remove from sort
      </MenuItem>
      <MenuLine />
      <MenuItem icon={ListFilter} onSelect={() => commands.startFilter(index)}>
        Filter…
      </MenuItem>
      <MenuItem icon={ChartColumn} onSelect={() => commands.showProfile(index)}>
        Profile
      </MenuItem>
      <MenuLine />
      <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => column.pin(pinned ? false : 'start')}>
        {pinned ? 'Unpin' : 'Pin to the left'}
      </MenuItem>
      <MenuItem onSelect={() => stepColumn(table, column.id, -1)}>Move left</MenuItem>
      <MenuItem onSelect={() => stepColumn(table, column.id, 1)}>Move right</MenuItem>
      <MenuItem icon={MoveHorizontal} onSelect={() => onFit(index)}>
        Fit to content
      </MenuItem>
      <MenuItem
        icon={EyeOff}
        disabled={table.getVisibleLeafColumns().length === 1}
        onSelect={() => column.toggleVisibility(false)}
      >
        Hide
      </MenuItem>
    </Menu>
  );
}

function stepColumn(table: GridTable, id: string, step: -1 | 1): void {
  const ids = table.getVisibleLeafColumns().map((column) => column.id);
  const neighbour = ids[ids.indexOf(id) + step];
  if (neighbour !== undefined) moveColumn(table, id, neighbour);
}

/** Names the time zone of a timestamp: values are never converted silently. */
function typeNote(type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `${type}: points in time, shown in this computer's time zone with its offset`;
  if (type.startsWith('TIMESTAMP')) return `${type}: as stored, without a time zone`;
  return type;
}
