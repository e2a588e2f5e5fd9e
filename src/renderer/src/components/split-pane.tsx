import { recall, remember } from '../client/remembered';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

const least = 0.15;
const most = 0.85;
const keyStep = 0.05;

const clamp = (share: number): number => Math.max(least, Math.min(most, share));

/** The saved share; an unreadable number is ignored. */
function keptShare(label: string): number | null {
  const kept = Number(recall(`split ${label}`) ?? Number.NaN);
  return Number.isFinite(kept) ? kept : null;
}

export interface SplitPaneProps {
  /** The label of the bar; the split is saved under it. */
  readonly label: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** The first pane's share of the height until the user moves the bar. */
  readonly share?: number;
}

/** Two stacked panes with a bar between them, moved by mouse or arrow keys. */
export function SplitPane({ label, first, second, share: initial = 0.4 }: SplitPaneProps) {
  const element = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(() => clamp(keptShare(label) ?? initial));
  const move = (next: number) => {
    setShare(clamp(next));
    remember(`split ${label}`, String(clamp(next)));
  };

  const onPointerMove = (event: PointerEvent) => {
    const box = element.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId)) move((event.clientY - box.top) / box.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') move(share - keyStep);
    else if (event.key === 'ArrowDown') move(share + keyStep);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={element} className="flex h-full flex-col">
      <div className="min-h-0" style={{ flex: share }}>
        {first}
      </div>
      <div
        role="separator"
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={least * 100}
        aria-valuemax={most * 100}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
        className="relative z-10 h-px shrink-0 cursor-row-resize bg-line transition-colors after:absolute after:inset-x-0 after:-top-1 after:h-2.5 hover:bg-accent"
      />
      <div className="min-h-0" style={{ flex: 1 - share }}>
        {second}
      </div>
    </div>
  );
}
