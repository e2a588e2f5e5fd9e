import {
  ArrowDown,
  ArrowUp,
  ChartColumn,
  Copy,
  EyeOff,
  FilterX,
  ListFilter,
  PanelRight,
  Pin,
  Search,
} from 'lucide-react';
import type { CopyFormat, FilterOperator } from '../../../../contract/result-work';
import { partKeys } from '../../../../contract/actions';
import { MenuItem, MenuLine, PointMenu } from '../../components/overlays/menu';
import { keyText } from '../../navigation/shortcut';
import type { ColumnCommands } from '../grid/column-commands';
import type { GridMenuTarget } from '../grid/use-grid-menu';

export interface GridMenuProps {
  readonly target: GridMenuTarget;
  readonly commands: ColumnCommands;
  /** Copies the selection. */
  readonly onCopy: (format: CopyFormat, header: boolean) => void;
  /** Keeps or leaves out the rows with the value of the cell. */
  readonly onFilter: (operator: Extract<FilterOperator, 'equals' | 'is not'>) => void;
  readonly onInspect: () => void;
  readonly onFind: () => void;
  readonly onHide: () => void;
  readonly onPin: () => void;
  readonly onClose: () => void;
  readonly returnFocus: () => void;
}

/** The context menu of a cell, or of a row. */
export function GridMenu({ target, onCopy, onInspect, onFind, onClose, returnFocus, ...column }: GridMenuProps) {
  const isRow = target.kind === 'row';
  return (
    <PointMenu label={isRow ? 'Row' : 'Cell'} at={target.at} onClose={onClose} returnFocus={returnFocus}>
      <MenuItem icon={Copy} hint={keyText(partKeys['copy-cells'].keys)} onSelect={() => onCopy('tsv', false)}>
        Copy
      </MenuItem>
      <MenuItem onSelect={() => onCopy('tsv', true)}>Copy with header</MenuItem>
      <MenuItem onSelect={() => onCopy('json', true)}>Copy as JSON</MenuItem>
      <MenuLine />
      <MenuItem icon={PanelRight} {...(!isRow && { hint: keyText(partKeys.inspect.keys) })} onSelect={onInspect}>
        Open in inspector
      </MenuItem>
      <MenuItem icon={Search} hint={keyText(partKeys.find.keys)} onSelect={onFind}>
        Find in result…
      </MenuItem>
      {!isRow && <ColumnItems column={target.column} {...column} />}
    </PointMenu>
  );
}

type ColumnItemsProps = Pick<GridMenuProps, 'commands' | 'onFilter' | 'onHide' | 'onPin'> & { readonly column: number };

function ColumnItems({ column, commands, onFilter, onHide, onPin }: ColumnItemsProps) {
  return (
    <>
      <MenuLine />
      <MenuItem icon={ListFilter} onSelect={() => onFilter('equals')}>
        Filter by this value
      </MenuItem>
      <MenuItem icon={FilterX} onSelect={() => onFilter('is not')}>
        Exclude this value
      </MenuItem>
      <MenuLine />
      <MenuItem icon={ArrowUp} onSelect={() => commands.setSort(column, false, false)}>
        Sort ascending
      </MenuItem>
      <MenuItem icon={ArrowDown} onSelect={() => commands.setSort(column, true, false)}>
        Sort descending
      </MenuItem>
      <MenuItem icon={ChartColumn} onSelect={() => commands.showProfile(column)}>
        Profile column
      </MenuItem>
      <MenuItem icon={Pin} onSelect={onPin}>
        Pin column
      </MenuItem>
      <MenuItem icon={EyeOff} onSelect={onHide}>
        Hide column
      </MenuItem>
    </>
  );
}
