import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';
import { useFormats } from '../format/use-formats';

/** A relative change, such as 0.5 for an increase by half: by arrow and number, for screen readers by word. */
export function Change({ share, className = '' }: { share: number; className?: string }) {
  const formats = useFormats();
  const steady = Math.abs(share) <= 0.0005;
  const Arrow = steady ? ArrowRight : share > 0 ? ArrowUp : ArrowDown;
  return (
    <span className={`inline-flex items-baseline gap-0.5 font-normal text-ink-soft ${className}`}>
      <Arrow size={12} aria-hidden className="self-center" />
      <span className="sr-only">{steady ? 'unchanged' : share < 0 ? 'down' : 'up'} </span>
      {formats.percent(Math.abs(share))}
    </span>
  );
}
