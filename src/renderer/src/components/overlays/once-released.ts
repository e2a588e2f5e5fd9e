/**
 * Opens a menu for a right click, once the mouse button is up: some systems send the event when it goes down, and the
 * menu would take the release for the choice of the item that is under the mouse.
 */
export function onceReleased({ buttons }: { readonly buttons: number }, open: () => void): void {
  if (buttons === 0) open();
  else window.addEventListener('pointerup', () => setTimeout(open), { once: true });
}
