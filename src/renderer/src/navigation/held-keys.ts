import { useEffectEvent, useLayoutEffect } from 'react';

const events = ['keydown', 'keypress', 'keyup'] as const;

/** Handlers of keys pressed while a dialog is being loaded. */
export interface HeldKeyActions {
  /** Called for each change to the typed text: appends a character, or removes the last one. */
  readonly onText: (change: (text: string) => string) => void;
  /** Called for Escape. */
  readonly onGiveUp: () => void;
}

/**
 * Holds back keys while a dialog that was opened by shortcut is being loaded: text typed for the dialog must not end up
 * in the SQL behind it. Keys are held until a dialog has the focus.
 * @param dialog the dialog that is being opened; null for none
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
  // In the same task as the shortcut: no other key comes in between.
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
