/** The look of cards and of everything else that holds content on the canvas. */
export const surface = 'rounded-large border border-line bg-surface shadow-raised';

/** A surface that fills its container, with scrolling content. */
export const pane = `flex min-h-0 min-w-0 flex-col overflow-hidden ${surface}`;
