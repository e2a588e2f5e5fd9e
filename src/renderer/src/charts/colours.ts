const seriesColours = [
  'var(--accent)',
  'var(--gold)',
  'var(--good)',
  'var(--bronze)',
  'var(--code-keyword)',
  'var(--bad)',
  'var(--teal)',
  'var(--ink-faint)',
];

/** The colour of a line by its index; its name is always shown next to it. */
export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] ?? 'var(--accent)';
}
