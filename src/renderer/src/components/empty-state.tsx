import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Explains why there is nothing to show, and the next step. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full min-h-48 flex-col items-center justify-center gap-1 p-8 text-center">
      <Icon size={28} strokeWidth={1.5} aria-hidden className="mb-2 text-ink-faint" />
      <p className="font-semibold">{title}</p>
      <p className="max-w-sm text-ink-soft">{children}</p>
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
