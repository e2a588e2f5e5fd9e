import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { partKeys } from '../../../contract/actions';
import { Button } from '../components/button';
import { keyText } from '../navigation/shortcut';
import type { ShownToast } from './toast';

const signs = {
  good: { icon: CircleCheck, look: 'text-good' },
  info: { icon: Info, look: 'text-ink-faint' },
  bad: { icon: CircleAlert, look: 'text-bad' },
};

/**
 * Long enough to be read twice; the timer pauses while the mouse or the focus is on a toast, or the window is inactive.
 */
const readingMs = 12_000;

const noActions: NonNullable<ShownToast['actions']> = [];

/** Notifications at the lower right, announced to screen readers; F8 moves the focus there, Escape closes them. */
export default function Toasts({ shown, onGone }: { shown: readonly ShownToast[]; onGone: (id: number) => void }) {
  return (
    <Toast.Provider duration={readingMs} label="Notification">
      {shown.map((toast) => (
        <Message key={toast.id} toast={toast} onGone={() => onGone(toast.id)} />
      ))}
      <Toast.Viewport
        hotkey={[partKeys.messages.keys]}
        label={`Notifications (${keyText(partKeys.messages.keys)})`}
        className="fixed right-5 bottom-5 z-50 flex w-88 max-w-[calc(100vw-40px)] flex-col gap-2 rounded-large"
      />
    </Toast.Provider>
  );
}

function Message({
  toast: { text, note, tone, link, actions = noActions },
  onGone,
}: {
  toast: ShownToast;
  onGone: () => void;
}) {
  const { icon: Icon, look } = signs[tone];
  const buttons = actions.map(({ title, run }) => (
    <Toast.Action key={title} asChild altText={title}>
      <Button onClick={run}>{title}</Button>
    </Toast.Action>
  ));
  // One has room beside the text.
  const several = actions.length > 1;
  return (
    <Toast.Root
      onOpenChange={(open) => !open && onGone()}
      className="flex animate-appear items-start gap-2.5 rounded-large bg-surface p-3 shadow-floating"
    >
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1 select-text">
        <Toast.Title className="font-medium break-words">{text}</Toast.Title>
        {note !== undefined && <Toast.Description className="break-words text-ink-soft">{note}</Toast.Description>}
        {link && (
          <Toast.Action asChild altText={link.title}>
            <a href={link.href} className="mt-1 inline-block rounded-small font-medium text-accent-ink hover:underline">
              {link.title}
            </a>
          </Toast.Action>
        )}
        {several && <div className="mt-2 flex flex-wrap gap-2">{buttons}</div>}
      </div>
      {!several && buttons}
      <Toast.Close asChild>
        <Button look="quiet" icon={X} aria-label="Dismiss notification" className="-mt-1 -mr-1" />
      </Toast.Close>
    </Toast.Root>
  );
}
