import { useEffectEvent, useLayoutEffect } from 'react';

const events = ['keydown', 'keypress', 'keyup'] as const;

/** What to do with the keys that were pressed for a dialog that is still being loaded. */
export interface HeldKeyActions {
  /** Told of each change to the text typed so far: appends a character, or removes the last one. */
  readonly onText: (change: (text: string) => string) => void;
  /** Escape gives the dialog up. */
  readonly onGiveUp: () => void;
}

/**
 * Keeps keys from whatever has the focus while a dialog is loaded that was asked for by key: what is typed for the
 * dialog must not land in the SQL behind it. Keys are held until a dialog has the focus.
 * @param dialog which dialog was asked for; null for none
 */
export function useHeldKeys(dialog: string | null, { onText, onGiveUp }: HeldKeyActions): void {
  const hold = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type !== 'keydown') return;
    if (event.key === 'Escape') onGiveUp();
    else if (event.key === 'Backspace') onText((text) => text.slice(0, -1));
    else if (/^.$/u.test(event.key) && !event.ctrlKey && !event.metaKey) onText((text) => text + event.key);
  });
  // In the same task as the key that asked for the dialog: no other key comes in between.
  useLayoutEffect(() => {
    if (dialog === null) return;
    const release = () => {
      for (const name of events) window.removeEventListener(name, listener, { capture: true });
    };
    const listener = (event: KeyboardEvent) => {
      if (document.activeElement?.closest('[role="dialog"]')) release();
      else hold(event);
    };
    for (const name of events) window.addEventListener(name, listener, { capture: true });
    return release;
  }, [dialog]);
}
