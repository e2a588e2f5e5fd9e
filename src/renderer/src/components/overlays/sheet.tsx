import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../button';
import { useReturnFocus } from './use-return-focus';

export interface SheetProps {
  readonly title: ReactNode;
  readonly description: ReactNode;
  readonly onClose: () => void;
  /** Whether there are changes to lose: then only a button closes it, not Escape or a click beside it. */
  readonly unsaved?: boolean;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A modal panel of the window's full height at its right edge; it is open while it is rendered. */
export function Sheet({ title, description, onClose, unsaved = false, actions, children }: SheetProps) {
  const returnFocus = useReturnFocus();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          onCloseAutoFocus={returnFocus}
          onEscapeKeyDown={(event) => unsaved && event.preventDefault()}
          onInteractOutside={(event) => unsaved && event.preventDefault()}
          className="fixed inset-y-0 right-0 z-40 flex w-[min(1100px,calc(100vw-48px))] animate-appear flex-col bg-surface shadow-floating narrow:w-full"
        >
          <header className="flex shrink-0 flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-5 pt-4 pb-3 low:pt-2 low:pb-2">
            <div className="min-w-64 flex-1">
              <RadixDialog.Title className="text-title font-semibold select-text">{title}</RadixDialog.Title>
              <RadixDialog.Description className="text-ink-soft select-text low:text-small">
                {description}
              </RadixDialog.Description>
            </div>
            <div className="flex items-center gap-1.5">
              {actions}
              <RadixDialog.Close asChild>
                <Button look="quiet" icon={X} aria-label="Close" className="-mr-1.5" />
              </RadixDialog.Close>
            </div>
          </header>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
