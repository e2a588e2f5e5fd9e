import { SquareTerminal, Trash2, X } from 'lucide-react';
import { useOrigin } from '../../cluster/use-cluster';
import { Button } from '../../components/button';
import { useFormats } from '../../format/use-formats';
import { dateOf, type DayRange, type Days } from '../../calendar/days';
import { missingIn, totalsOf } from './table/totals';
import { BreakMenu } from './day/break-menu';
import { FoldedButton } from './day/folded-button';
import type { DayActions } from './day/use-day-actions';

export interface SelectionBarProps {
  readonly days: Days;
  readonly range: DayRange;
  readonly actions: DayActions;
  readonly onDelete: (dates: readonly string[]) => void;
  readonly onClear: () => void;
}

/** Totals of a range of days, and its actions. */
export function SelectionBar({ days, range, actions, onDelete, onClear }: SelectionBarProps) {
  const formats = useFormats();
  const chosen = days.in(range);
  const totals = totalsOf(chosen);
  const missing = missingIn(range, totals);
  const [first, last] = [dateOf(range.first), dateOf(range.last)];
  // Most important first: the end is cut off where there is no room.
  const facts = [
    formats.amount(totals.days, 'day'),
    formats.amount(totals.files, 'file'),
    formats.amount(totals.rows, 'row'),
    missing > 0 && `${formats.count(missing)} missing`,
    totals.failing > 0 && `${formats.count(totals.failing)} failing`,
    totals.stale > 0 && `${formats.count(totals.stale)} stale`,
    formats.bytes(totals.bytes),
  ];
  return (
    <div role="region" aria-label="Selection" className="@container flex min-w-0 flex-1 items-center gap-1.5">
      <p role="status" className="min-w-0 flex-1">
        <span className="block font-semibold whitespace-nowrap">{formats.dates(`${first} to ${last}`)}</span>{' '}
        <span className="block truncate text-small text-ink-soft" title={facts.filter(Boolean).join(' · ')}>
          {facts.filter(Boolean).join(' · ')}
        </span>
      </p>
      <Button icon={SquareTerminal} onClick={() => actions.openInConsole(first, last)}>
        Open in console
      </Button>
      {useOrigin() === null && (
        <>
          <BreakMenu
            dates={chosen.flatMap(({ date, files }) => (files > 0 ? [date] : []))}
            actions={actions}
            beside="text"
          />
          <FoldedButton
            beside="text"
            look="danger"
            icon={Trash2}
            disabled={totals.files === 0}
            title="Delete the files of these days"
            onClick={() => onDelete(chosen.flatMap(({ date, files }) => (files > 0 ? [date] : [])))}
          >
            Delete…
          </FoldedButton>
        </>
      )}
      <Button look="quiet" icon={X} aria-label="Clear selection" onClick={onClear} />
    </div>
  );
}
