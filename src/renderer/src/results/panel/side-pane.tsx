import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button';

/** Details of a cell or a column, next to the grid. */
export function SidePane({
  title,
  note,
  onClose,
  children,
}: {
  title: string;
  note: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    // Beside a narrow grid it leaves the larger part to the rows.
    <aside
      aria-label={title}
      className="flex w-[clamp(11.5rem,36%,19rem)] shrink-0 flex-col border-l border-line bg-surface"
    >
      <header className="flex items-start gap-2 border-b border-line py-1.5 pr-1.5 pl-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{title}</h2>
          <p className="truncate font-mono text-micro text-ink-faint" title={note}>
            {note}
          </p>
        </div>
        <Button look="quiet" icon={X} aria-label="Close" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-3">{children}</div>
    </aside>
  );
}
