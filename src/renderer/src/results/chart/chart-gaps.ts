import type { ChartData, ChartKind } from '../../../../contract/result-work';
import { gapNotes } from '../../charts/gap-notes';
import { gapsOf, type ChartPoint, type Gap } from '../../charts/data/series';
import type { Formats } from '../../format/formats';

/** The days, weeks or months between two points of a chart that no row belongs to, on an axis of such steps. */
export function chartGaps(kind: ChartKind, data: ChartData): readonly Gap[] {
  return gapsOf(placesInTime(kind, data));
}

/** The notes below a chart: the rows that it leaves out or adds up, and the days, weeks or months without rows. */
export function chartNote(kind: ChartKind, data: ChartData, formats: Formats): string | null {
  const notes = [data.note, ...gapNotes(placesInTime(kind, data), formats)].filter((note) => note !== null);
  return notes.length === 0 ? null : notes.join(' · ');
}

/** Where the points are, of all series together. Those of a scatter chart are rows, which need no steps. */
function placesInTime(kind: ChartKind, { axis, series }: ChartData): ChartPoint[] {
  if (axis !== 'time' || kind === 'scatter') return [];
  const times = new Set(series.flatMap(({ points }) => points.map(([time]) => time)));
  return [...times].toSorted((a, b) => a - b).map((time) => ({ time, values: [] }));
}
