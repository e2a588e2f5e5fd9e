/** Most series of a chart that have a colour of their own; the rest of them are merged into one. */
export const mostSeries = 5;
/** The name of the merged series. */
export const otherName = 'Other';

/** The colour of a series by its index, that after the last being *Other*; its name is always shown next to it. */
export function seriesColour(index: number): string {
  return index < mostSeries ? `var(--series-${index + 1})` : 'var(--series-other)';
}
