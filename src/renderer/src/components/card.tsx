import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { surface } from './surface';

export interface CardProps {
  readonly title?: ReactNode;
  /** One line under the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A titled surface. */
export function Card({ title, note, actions, children, className }: CardProps) {
  return (
    <section className={classNames('flex min-w-0 flex-col', surface, className)}>
      {title !== undefined && (
        <header className="flex items-start gap-3 px-4 pt-3">
          <div className="min-w-0 flex-1">
            <h2 className="font-semibold">{title}</h2>
            {note !== undefined && <p className="text-small text-ink-soft">{note}</p>}
          </div>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
