import { Undo2 } from 'lucide-react';
import { useDeletions } from '../../client/queries';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { formatAmount } from '../../format/numbers';
import { formatDates } from '../../format/time';
import type { DayActions } from './day/use-day-actions';

/** Offers to restore the days deleted last. */
export function UndoNotice({ actions }: { actions: DayActions }) {
  const last = useDeletions().data?.[0];
  if (!last) return null;
  const what = last.days.length === 1 ? formatDates(last.days[0] ?? '') : formatAmount(last.days.length, 'day');
  return (
    <Notice
      tone="info"
      action={
        <Button icon={Undo2} disabled={actions.pending} onClick={() => actions.restore(last.id)}>
          Undo
        </Button>
      }
    >
      {`Deleted ${what} (${formatAmount(last.files, 'file')}). It becomes permanent at the next refresh.`}
    </Notice>
  );
}
