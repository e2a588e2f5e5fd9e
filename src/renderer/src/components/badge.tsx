import { Ban, CircleCheck, CircleX, type LucideIcon } from 'lucide-react';
import type { Layer } from '../../../contract/warehouse';
import { classNames } from './class-names';

type Outcome = 'succeeded' | 'failed' | 'cancelled';

const outcomes: Record<Outcome, { readonly label: string; readonly look: string; readonly icon: LucideIcon }> = {
  succeeded: { label: 'Succeeded', look: 'text-good', icon: CircleCheck },
  failed: { label: 'Failed', look: 'text-bad', icon: CircleX },
  cancelled: { label: 'Cancelled', look: 'text-ink-faint', icon: Ban },
};

/**
 * The status of a finished job: by icon, word and colour.
 * @param flawed whether checks fail after it, beside which green would be wrong
 */
export function OutcomeBadge({ outcome, flawed = false }: { outcome: Outcome; flawed?: boolean }) {
  const { label, look: plain, icon: Icon } = outcomes[outcome];
  const look = flawed && outcome === 'succeeded' ? 'text-ink-soft' : plain;
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
