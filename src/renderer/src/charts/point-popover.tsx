import { type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button';
import { AnchoredPopover } from '../components/overlays/anchored-popover';
import { Select } from '../components/forms/select';
import { PointValues, type OtherPlace, type PointValue } from './point-values';

/** Where to go on from a point. */
export interface PointAction {
  readonly title: string;
  readonly icon: LucideIcon;
  /** Null where it isn't possible. */
  readonly run: (() => void) | null;
  /** Why it isn't possible. */
  readonly whyNot?: string | undefined;
  /** The panel stays open and shows the outcome. */
  readonly staysOpen?: boolean;
}

export interface PointPopoverProps {
  readonly at: { readonly x: number; readonly y: number };
  /** The point's place: a period, a name. */
  readonly title: string;
  /** Notes about it: partial, annotations. */
  readonly notes: readonly string[];
  readonly values: readonly PointValue[];
  /** The values are shares, written as percentages. */
  readonly shares?: boolean;
  readonly others: readonly OtherPlace[];
  /** The place that it is compared with at first; null for none. */
  readonly usual: number | null;
  readonly actions: readonly PointAction[];
  readonly onClose: () => void;
}

/** Places in a list: more could not be looked through. */
const mostPlaces = 400;

/** The values of one point of a chart, beside those of another that the user chooses, and the places it leads to. */
export function PointPopover(props: PointPopoverProps) {
  const { at, title, notes, values, shares = false, others, usual, actions, onClose } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const close = (run: () => void) => () => {
    onClose();
    run();
  };
  // Until the user chooses, it is the usual one, which may become known later.
  const other = others[Number(chosen ?? usual ?? 'none')] ?? null;
  return (
    <AnchoredPopover at={at} label={title} onClose={onClose}>
      <div className="px-2 pt-1 pb-2">
        <p className="font-semibold select-text">{title}</p>
        {notes.map((note) => (
          <p key={note} className="text-small text-ink-soft select-text">
            {note}
          </p>
        ))}
        <PointValues
          values={values.map((value) => ({ ...value, onFilter: value.onFilter && close(value.onFilter) }))}
          other={other}
          shares={shares}
        />
        <div className="mt-1.5 [&_select]:max-w-58">
          {others.length === 0 ? (
            <p className="text-small text-ink-soft">The chart has nothing else to compare it with.</p>
          ) : (
            <Select
              label="Compare with"
              value={other ? String(others.indexOf(other)) : 'none'}
              options={[
                { value: 'none', title: 'nothing' },
                ...others.slice(0, mostPlaces).map((place, index) => ({ value: String(index), title: place.title })),
              ]}
              onChange={setChosen}
            />
          )}
        </div>
      </div>
      <ul className="border-t border-line pt-1.5">
        {actions.map((action) => (
          <li key={action.title}>
            <Action action={action} run={action.run && (action.staysOpen === true ? action.run : close(action.run))} />
          </li>
        ))}
      </ul>
    </AnchoredPopover>
  );
}

function Action({ action: { title, icon, whyNot }, run }: { action: PointAction; run: (() => void) | null }) {
  return (
    <>
      <Button
        look="quiet"
        icon={icon}
        disabled={run === null}
        onClick={() => run?.()}
        className="w-full justify-start! text-ink!"
      >
        <span className="truncate">{title}</span>
      </Button>
      {run === null && whyNot !== undefined && <p className="pr-2 pb-1 pl-9 text-small text-ink-soft">{whyNot}</p>}
    </>
  );
}
