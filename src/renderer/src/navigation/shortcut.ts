// Unit tests run in Node, whose older versions have no navigator.
const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

/** The keys as this system labels them: `['Ctrl', 'K']`, `['⌘', 'K']`. */
export function keyCaps(keys: string, mac = isMac): string[] {
  return keys.split('+').map((key) => (mac ? (macSigns[key] ?? key) : key === 'Mod' ? 'Ctrl' : key));
}

/** As one text, for tooltips: `Ctrl+K`. */
export function keyText(keys: string): string {
  return keyCaps(keys).join(isMac ? '' : '+');
}

/** For `aria-keyshortcuts`. */
function ariaKeys(keys: string): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}

/** Attributes that announce a shortcut: a tooltip, and the same for screen readers. */
export function withKeys({ title, keys }: { readonly title: string; readonly keys?: string }) {
  const text = title.replace('…', '');
  return keys === undefined
    ? { title: text }
    : { title: `${text} (${keyText(keys)})`, 'aria-keyshortcuts': ariaKeys(keys) };
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key event matches a shortcut. */
export function isPressed(keys: string, press: Press, mac = isMac): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = mac ? press.metaKey : press.ctrlKey;
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey) || mod !== parts.includes('Mod')) return false;
  // A sign such as `?` needs Shift on some keyboards only.
  const isSign = !/^[a-z0-9]$/i.test(key);
  return (isSign || press.shiftKey === parts.includes('Shift')) && press.key.toLowerCase() === key.toLowerCase();
}
