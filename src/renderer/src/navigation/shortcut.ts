// Unit tests run in Node, whose older versions have no navigator.
const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

/** The caps to press, as this system writes them: `['Ctrl', 'K']`, `['⌘', 'K']`. */
export function keyCaps(keys: string, mac = isMac): string[] {
  return keys.split('+').map((key) => (mac ? (macSigns[key] ?? key) : key === 'Mod' ? 'Ctrl' : key));
}

/** In one piece, for tooltips: `Ctrl+K`. */
export function keyText(keys: string): string {
  return keyCaps(keys).join(isMac ? '' : '+');
}

/** For `aria-keyshortcuts`. */
function ariaKeys(keys: string): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}

/** What tells of a shortcut on its control: a tooltip, and the same for screen readers. */
export function withKeys({ title, keys }: { readonly title: string; readonly keys?: string }) {
  const text = title.replace('…', '');
  return keys === undefined
    ? { title: text }
    : { title: `${text} (${keyText(keys)})`, 'aria-keyshortcuts': ariaKeys(keys) };
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a press is that of a shortcut. */
export function isPressed(keys: string, press: Press, mac = isMac): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = mac ? press.metaKey : press.ctrlKey;
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey) || mod !== parts.includes('Mod')) return false;
  // A sign such as `?` needs Shift on some keyboards and not on others.
  const isSign = !/^[a-z0-9]$/i.test(key);
  return (isSign || press.shiftKey === parts.includes('Shift')) && press.key.toLowerCase() === key.toLowerCase();
}
