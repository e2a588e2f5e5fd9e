import { Undo2 } from 'lucide-react';
import { breakageWords } from '../../../../contract/partitions';
import { useDeletions } from '../../client/queries';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { useFormats } from '../../format/use-formats';
import type { DayActions } from './day/use-day-actions';

/** Offers to restore the days deleted or broken last. */
export function UndoNotice({ actions }: { actions: DayActions }) {
  const formats = useFormats();
  const last = useDeletions().data?.[0];
  if (!last) return null;
  const what = last.days.length === 1 ? formats.dates(last.days[0] ?? '') : formats.amount(last.days.length, 'day');
  return (
    <Notice
      tone="info"
      action={
        <Button icon={Undo2} disabled={actions.pending} onClick={() => actions.restore(last.id)}>
          Undo
        </Button>
      }
    >
      {last.breakage
        ? `Broken on purpose: ${what}, ${breakageWords(last.breakage)}. It stays so until you undo it.`
        : `Deleted ${what} (${formats.amount(last.files, 'file')}). It becomes permanent at the next refresh.`}
    </Notice>
  );
}
