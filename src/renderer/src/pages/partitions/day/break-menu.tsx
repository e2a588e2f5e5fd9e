import { ClockArrowUp, CopyPlus, Eraser, Hammer, KeyRound, UserX, type LucideIcon } from 'lucide-react';
import type { Breakage } from '../../../../../contract/partitions';
import { Menu, MenuItem } from '../../../components/overlays/menu';
import { FoldedButton, type Beside } from './folded-button';
import type { DayActions } from './use-day-actions';

interface Choice {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly breakage: Breakage;
}

const choices: readonly Choice[] = [
  { title: 'Write each row twice', icon: CopyPlus, breakage: { kind: 'duplicate' } },
  { title: 'Drop all rows', icon: Eraser, breakage: { kind: 'drop' } },
  { title: 'Shift times by 6 hours', icon: ClockArrowUp, breakage: { kind: 'shift', hours: 6 } },
  { title: 'Remove the users', icon: UserX, breakage: { kind: 'null-users' } },
  { title: 'Add an unknown key', icon: KeyRound, breakage: { kind: 'add-key', key: 'debug_mode' } },
];

export interface BreakMenuProps {
  /** Days with files. */
  readonly dates: readonly string[];
  readonly actions: DayActions;
  readonly beside: Beside;
}

/** Breaks days on purpose, to see which checks, facts and metrics notice. */
export function BreakMenu({ dates, actions, beside }: BreakMenuProps) {
  const trigger = (
    <FoldedButton
      beside={beside}
      icon={Hammer}
      disabled={dates.length === 0}
      busy={actions.breaking}
      title="Break on purpose, to see what notices"
    >
      Break…
    </FoldedButton>
  );
  return (
    <Menu label="Break on purpose" trigger={trigger}>
      {choices.map(({ title, icon, breakage }) => (
        <MenuItem key={title} icon={icon} onSelect={() => actions.break([...dates], breakage)}>
          {title}
        </MenuItem>
      ))}
    </Menu>
  );
}
