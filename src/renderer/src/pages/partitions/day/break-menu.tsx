import { Hammer } from 'lucide-react';
import type { Breakage } from '../../../../../contract/partitions';
import { Button } from '../../../components/button';
import { Menu, MenuItem } from '../../../components/overlays/menu';
import type { DayActions } from './use-day-actions';

const choices: readonly { readonly title: string; readonly breakage: Breakage }[] = [
  { title: 'Write each row twice', breakage: { kind: 'duplicate' } },
  { title: 'Drop all rows', breakage: { kind: 'drop' } },
  { title: 'Shift times by 6 hours', breakage: { kind: 'shift', hours: 6 } },
  { title: 'Remove the users', breakage: { kind: 'null-users' } },
  { title: 'Add an unknown key', breakage: { kind: 'add-key', key: 'debug_mode' } },
];

export interface BreakMenuProps {
  /** Days with files. */
  readonly dates: readonly string[];
  readonly actions: DayActions;
  /** Whether the button is an icon only. */
  readonly compact?: boolean;
}

/** Breaks days on purpose, to see which checks, facts and metrics notice. */
export function BreakMenu({ dates, actions, compact = false }: BreakMenuProps) {
  const help = 'Break on purpose, to see what notices';
  const trigger = (
    <Button
      icon={Hammer}
      disabled={dates.length === 0}
      busy={actions.breaking}
      title={help}
      {...(compact && { 'aria-label': 'Break…' })}
    >
      {compact ? null : 'Break…'}
    </Button>
  );
  return (
    <Menu label="Break on purpose" trigger={trigger}>
      {choices.map(({ title, breakage }) => (
        <MenuItem key={title} onSelect={() => actions.break([...dates], breakage)}>
          {title}
        </MenuItem>
      ))}
    </Menu>
  );
}
