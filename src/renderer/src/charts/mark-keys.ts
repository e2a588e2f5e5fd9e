import type { KeyboardEvent } from 'react';

/** Keys of marks below each other: one is a tab stop and the arrow keys reach the others, as there may be hundreds. */
export function onMarkKey(event: KeyboardEvent<SVGGElement>, pick: (at: { x: number; y: number }) => void) {
  const { previousElementSibling: above, nextElementSibling: below } = event.currentTarget;
  if (event.key === 'ArrowDown' && below instanceof SVGElement) below.focus();
  else if (event.key === 'ArrowUp' && above instanceof SVGElement) above.focus();
  else if (event.key === 'Enter' || event.key === ' ') {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    pick({ x: left + width / 2, y: top + height / 2 });
  } else return;
  event.preventDefault();
}
