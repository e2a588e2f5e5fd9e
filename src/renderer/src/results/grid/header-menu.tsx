import {
  ArrowDown,
  ArrowUp,
  ChartColumn,
  Columns3,
  EllipsisVertical,
  EyeOff,
  ListFilter,
  MoveHorizontal,
  Pin,
  PinOff,
} from 'lucide-react';
import { Menu, MenuItem, MenuLine } from '../../components/overlays/menu';
import { keyText } from '../../navigation/shortcut';
import type { ColumnCommands } from './column-commands';
import { indexOf, moveColumn, type GridHeader, type GridTable } from './use-grid-table';

/** The actions of a header and its menu. */
export interface HeaderActions {
  readonly table: GridTable;
  readonly commands: ColumnCommands | null;
  /** Index in the result of the column with the open menu. Not its position, which the menu's own commands change. */
  readonly openMenu: number | null;
  readonly onOpenMenu: (column: number | null) => void;
  readonly onPickColumn: (position: number, extend: boolean) => void;
  readonly onFit: (column: number) => void;
}

interface HeaderMenuProps extends Omit<HeaderActions, 'commands'> {
  readonly header: GridHeader;
  readonly name: string;
  readonly position: number;
  readonly commands: ColumnCommands;
}

/** The commands of a column. */
export function HeaderMenu(props: HeaderMenuProps) {
  const { header, name, position, table, commands, openMenu, onOpenMenu, onPickColumn, onFit } = props;
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
      <MenuItem icon={Columns3} hint={keyText('Mod+Click')} onSelect={() => onPickColumn(position, false)}>
        Select column
      </MenuItem>
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
