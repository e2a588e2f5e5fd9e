import { Ban, CircleCheck, CircleX, type LucideIcon } from 'lucide-react';
import type { Layer } from '../../../contract/warehouse';
import { classNames } from './class-names';

type Outcome = 'succeeded' | 'failed' | 'cancelled';

const outcomes: Record<Outcome, { readonly label: string; readonly look: string; readonly icon: LucideIcon }> = {
  succeeded: { label: 'Succeeded', look: 'text-good', icon: CircleCheck },
  failed: { label: 'Failed', look: 'text-bad', icon: CircleX },
  cancelled: { label: 'Cancelled', look: 'text-ink-faint', icon: Ban },
};

/** The status of a finished job: by icon, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { label, look, icon: Icon } = outcomes[outcome];
  return (
    <span className={classNames('inline-flex items-center gap-1 text-small font-medium', look)}>
      <Icon size={14} aria-hidden />
      {label}
    </span>
  );
}

const layerColours: Record<Layer, string> = { bronze: 'bg-bronze', silver: 'bg-silver', gold: 'bg-gold' };

/** The colour of a layer, always next to its name. */
export function LayerMark({ layer }: { layer: Layer }) {
  return <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', layerColours[layer])} />;
}
