import { Popover as RadixPopover } from 'radix-ui';
import { useMemo, useState, type ReactNode } from 'react';

/** The width of the panel and its distances, in pixels. */
const room = 352 + 8 + 12;

export interface AnchoredPopoverProps {
  /** A place in the window, in pixels. */
  readonly at: { readonly x: number; readonly y: number };
  /** Its name for screen readers. */
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A small panel at a place, open while it is rendered; Escape and a click outside close it, and the focus returns to
 * where it was.
 */
export function AnchoredPopover({ at: { x, y }, label, onClose, children }: AnchoredPopoverProps) {
  const [opener] = useState(() => document.activeElement);
  const anchor = useMemo(() => {
    // Where there is room on neither side, it covers the place rather than run out of the window.
    const left = Math.max(x, window.innerWidth - x) < room ? Math.max(0, window.innerWidth - room) : x;
    return { current: { getBoundingClientRect: () => new DOMRect(left - 4, y - 4, 8, 8) } };
  }, [x, y]);
  return (
    <RadixPopover.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixPopover.Anchor virtualRef={anchor} />
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          // The chart below takes the focus when the click that opened this ends.
          onFocusOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus();
          }}
          className="z-30 max-h-[calc(100vh-24px)] w-96 max-w-[calc(100vw-24px)] animate-appear overflow-y-auto rounded-large bg-surface p-1.5 shadow-floating"
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
