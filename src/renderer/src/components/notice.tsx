import { CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

type Tone = 'info' | 'good' | 'warn';

const tones: Record<Tone, { readonly box: string; readonly sign: string; readonly icon: LucideIcon }> = {
  info: { box: 'border-line bg-sunken', sign: 'text-ink-faint', icon: Info },
  good: { box: 'border-good/25 bg-good-soft', sign: 'text-good', icon: CircleCheck },
  warn: { box: 'border-warn/30 bg-warn-soft', sign: 'text-warn', icon: TriangleAlert },
};

/** A one-line status message with an optional action. */
export function Notice({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  const { box, sign, icon: Icon } = tones[tone];
  return (
    <div
      role="status"
      className={classNames('flex min-h-10 items-center gap-2.5 rounded-medium border px-3 py-1.5 text-ink', box)}
    >
      <Icon size={16} aria-hidden className={classNames('shrink-0', sign)} />
      <div className="min-w-0 flex-1 select-text">{children}</div>
      {action}
    </div>
  );
}
