import { Eye, EyeOff } from 'lucide-react';
import { Button } from '../components/button';

/** Stands for a fact while answers are hidden. */
export function HiddenFact({ onReveal }: { onReveal: () => void }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2 text-ink-soft">
      <EyeOff size={14} aria-hidden className="shrink-0 text-ink-faint" />
      <span className="min-w-0 flex-1">A planted fact, hidden</span>
      <Button look="quiet" icon={Eye} onClick={onReveal}>
        Reveal
      </Button>
    </span>
  );
}
