import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export interface DisclosureProps {
  readonly title: string;
  /** A summary of the content, shown while it is collapsed. */
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** A collapsible row; several of them make a list. */
export function Disclosure({ title, summary, children }: DisclosureProps) {
  return (
    <details
      // Unfolded at the lower edge, its content would be out of sight.
      onToggle={({ currentTarget }) => currentTarget.open && currentTarget.scrollIntoView({ block: 'nearest' })}
      className="group border-t border-line first:border-t-0"
    >
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-small px-2.5 py-1 -outline-offset-2 hover:bg-hover">
        <ChevronRight
          size={14}
          aria-hidden
          className="shrink-0 text-ink-faint transition-transform group-open:rotate-90"
        />
        <span className="shrink-0 font-medium">{title}</span>
        <span className="min-w-0 flex-1 text-right text-small text-balance text-ink-soft group-open:invisible">
          {summary}
        </span>
      </summary>
      <div className="px-2.5 pt-1 pb-3.5 pl-8">{children}</div>
    </details>
  );
}
