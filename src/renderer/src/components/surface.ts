/** What lies on the canvas: the look of cards, and of everything else that holds content. */
export const surface = 'rounded-large border border-line bg-surface shadow-raised';

/** A surface that fills its place, and whose content scrolls within. */
export const pane = `flex min-h-0 min-w-0 flex-col overflow-hidden ${surface}`;
