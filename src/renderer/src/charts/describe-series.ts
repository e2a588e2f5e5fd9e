import type { Annotation } from './data/annotations';
import { cadenceOf, summarise, type TimeSeries } from './data/series';
import type { PartialPeriod } from './data/transform';
import { gapNotes } from './gap-notes';
import type { Formats } from '../format/formats';
import { columnTitle } from '../format/model-title';

/** A chart over time in sentences, for screen readers. */
export function describeSeries(
  { names, points }: TimeSeries,
  partial: readonly PartialPeriod[],
  annotations: readonly Annotation[],
  formats: Formats,
): string {
  const first = points.at(0);
  const last = points.at(-1);
  if (!first || !last) return 'No points.';
  const span = `${formats.amount(points.length, cadenceOf(points))} from ${formats.dayUtc(first.time)} to ${formats.dayUtc(last.time)}.`;
  const lines = names.map((name, index) => {
    const summary = summarise(points, index);
    const title = columnTitle(name);
    if (!summary) return `${title}: no values.`;
    return `${title}: lowest ${formats.value(summary.lowest)}, highest ${formats.value(summary.highest)}, latest ${formats.value(summary.latest)}.`;
  });
  const parts = partial.map(({ start, days, of }) => `${formats.dayUtc(start)} is partial: ${days} of ${of} days.`);
  const missing = gapNotes(points, formats);
  const notes = annotations.slice(0, 5).map(({ text }) => `${text}.`);
  return [span, ...lines, ...parts, ...missing.map((note) => `${note}.`), ...notes].join(' ');
}
