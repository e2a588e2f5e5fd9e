import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../button';
import { classNames } from '../class-names';
import { useReturnFocus } from './use-return-focus';

export interface DialogProps {
  readonly title: string;
  readonly description: string;
  readonly onClose: () => void;
  /** Wide enough for two columns; the content scrolls within the window's height. */
  readonly wide?: boolean;
  /** As high as the window allows whatever is unfolded in it, so that nothing moves. */
  readonly steady?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog; it is open while it is rendered. */
export function Dialog({ title, description, onClose, wide = false, steady = false, children }: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-6 low:p-3">
          <RadixDialog.Content
            onCloseAutoFocus={returnFocus}
            className={classNames(
              'w-full animate-appear rounded-large bg-surface shadow-floating',
              wide ? 'flex max-h-[calc(100vh-48px)] max-w-4xl flex-col low:max-h-[calc(100vh-24px)]' : 'max-w-xl',
              steady && 'h-[800px]',
            )}
          >
            <header className="flex shrink-0 items-start gap-4 px-5 pt-4 low:pt-2">
              <div className="flex-1">
                <RadixDialog.Title className="text-title font-semibold">{title}</RadixDialog.Title>
                <RadixDialog.Description className="text-ink-soft low:text-small">
                  {description}
                </RadixDialog.Description>
              </div>
              <RadixDialog.Close asChild>
                <Button look="quiet" icon={X} aria-label="Close" className="-mr-1.5" />
              </RadixDialog.Close>
            </header>
            {children}
          </RadixDialog.Content>
        </RadixDialog.Overlay>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
