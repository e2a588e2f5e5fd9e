import { useState } from 'react';

/**
 * A handler for the end of a modal layer that gives the focus back to the element that had it before.
 * Radix reads that element too late, when an input of the layer may have the focus already.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
}
