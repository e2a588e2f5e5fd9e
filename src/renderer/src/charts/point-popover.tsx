import { Filter, type LucideIcon } from 'lucide-react';
import { Button } from '../components/button';
import { classNames } from '../components/class-names';
import { AnchoredPopover } from '../components/overlays/anchored-popover';
import { Change } from './change';
import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';

/** One value at a point. */
export interface PointValue {
  readonly name: string;
  /** Null for one without a colour in the chart. */
  readonly colour: string | null;
  readonly value: number | null;
  /** Relative change against the period before; null without a basis for comparison. */
  readonly change: number | null;
  /** Filters by the value's series; null if it can't be filtered by. */
  readonly onFilter: (() => void) | null;
  /** It is the one that was clicked. */
  readonly picked: boolean;
}

/** Where to go on from a point. */
export interface PointAction {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

export interface PointPopoverProps {
  readonly at: { readonly x: number; readonly y: number };
  /** The point's place: a period, a name. */
  readonly title: string;
  /** Notes about it: partial, annotations. */
  readonly notes: readonly string[];
  readonly values: readonly PointValue[];
  /** The period of comparison; null without one. */
  readonly against: string | null;
  readonly actions: readonly PointAction[];
  readonly onClose: () => void;
}

/** The values of one point of a chart, and the places it leads to. */
export function PointPopover({ at, title, notes, values, against, actions, onClose }: PointPopoverProps) {
  const close = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <AnchoredPopover at={at} label={title} onClose={onClose}>
      <div className="px-2 pt-1 pb-2">
        <p className="font-semibold select-text">{title}</p>
        {notes.map((note) => (
          <p key={note} className="text-small text-ink-soft select-text">
            {note}
          </p>
        ))}
        <dl className="mt-1.5 flex flex-col gap-0.5">
          {values.map((value) => (
            <Value key={value.name} value={value} onFilter={value.onFilter && close(value.onFilter)} />
          ))}
        </dl>
        {against !== null && <p className="mt-1 text-small text-ink-soft">{against}</p>}
      </div>
      <ul className="border-t border-line pt-1.5">
        {actions.map(({ title: action, icon, run }) => (
          <li key={action}>
            <Button look="quiet" icon={icon} onClick={close(run)} className="w-full justify-start! text-ink!">
              <span className="truncate">{action}</span>
            </Button>
          </li>
        ))}
      </ul>
    </AnchoredPopover>
  );
}

function Value({
  value: { name, colour, value, change, picked },
  onFilter,
}: {
  value: PointValue;
  onFilter: (() => void) | null;
}) {
  const formats = useFormats();
  const words = columnTitle(name);
  return (
    <div
      className={classNames('flex min-h-6 items-center gap-1.5 rounded-small', picked && '-mx-1.5 bg-selected px-1.5')}
    >
      <dt className="flex min-w-0 flex-1 items-center gap-1.5 text-small text-ink-soft">
        {colour !== null && (
          <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colour }} />
        )}
        <span className="truncate" title={words}>
          {words}
        </span>
      </dt>
      <dd className="flex items-center gap-1.5">
        <span className="font-semibold select-text">{formats.value(value)}</span>
        {change !== null && <Change share={change} className="text-small" />}
        {onFilter && (
          <Button
            look="quiet"
            icon={Filter}
            aria-label={`Filter by ${words}`}
            title={`Filter by ${words}`}
            onClick={onFilter}
            className="size-6! w-6!"
          />
        )}
      </dd>
    </div>
  );
}
