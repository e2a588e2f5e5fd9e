/** A note about a period, drawn as a line with a glyph and a label at its top. */
export interface Annotation {
  /** The start of the period. */
  readonly time: number;
  /** *fact*: it was planted in the data; *change*: a refresh changed the period. */
  readonly kind: 'fact' | 'change';
  /** A word or two: `Outage`. */
  readonly label: string;
  /** A sentence, with its date. */
  readonly text: string;
  /** The day of a fact, if it is one; as `YYYY-MM-DD`. */
  readonly date: string | null;
}

/** All annotations of a period, as one mark. */
export interface AnnotationMark {
  readonly time: number;
  readonly kind: Annotation['kind'];
  readonly label: string;
}

/** Facts and changes differ by shape, not by colour alone. */
export const glyphs: Readonly<Record<Annotation['kind'], string>> = { fact: '◆', change: '↻' };

/** Without repetitions, in the order of time. */
export function inTimeOrder(annotations: readonly Annotation[]): Annotation[] {
  const seen = new Set<string>();
  return annotations
    .filter(({ time, text }) => {
      const key = `${time} ${text}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted((a, b) => a.time - b.time);
}

/** One mark per period and kind. */
export function marksOf(annotations: readonly Annotation[]): AnnotationMark[] {
  const labels = new Map<
    string,
    { readonly time: number; readonly kind: Annotation['kind']; readonly all: string[] }
  >();
  for (const { time, kind, label } of inTimeOrder(annotations)) {
    const key = `${time} ${kind}`;
    const mark = labels.get(key) ?? { time, kind, all: [] };
    if (!mark.all.includes(label)) mark.all.push(label);
    labels.set(key, mark);
  }
  return [...labels.values()].map(({ time, kind, all }) => ({ time, kind, label: all.join(', ') }));
}

/** A mark, where it is drawn. */
export interface PlacedMark extends AnnotationMark {
  /** The line of labels, from the top; null where there is no room for the label, which then is a glyph only. */
  readonly row: number | null;
  /** The label is at the left of the line, because the chart ends at the right. */
  readonly toLeft: boolean;
}

/** Most lines of labels above a chart: one for each of the four kinds of planted facts, on the narrowest of charts. */
const mostRows = 4;
const letterWidth = 6.4;
const glyphWidth = 16;

/**
 * Places labels so that none covers another: in the first line with room, facts before changes.
 * @param at the position of a time, in pixels from the left end of the chart
 * @param width of the chart, in pixels
 */
export function placeMarks(
  marks: readonly AnnotationMark[],
  at: (time: number) => number,
  width: number,
): PlacedMark[] {
  const taken: { readonly row: number; readonly from: number; readonly to: number }[] = [];
  const placed = marks
    .toSorted((a, b) => (a.kind === b.kind ? a.time - b.time : a.kind === 'fact' ? -1 : 1))
    .map((mark): PlacedMark => {
      const [x, length] = [at(mark.time), glyphWidth + mark.label.length * letterWidth];
      const toLeft = x + length > width && x - length >= 0;
      const [from, to] = toLeft ? [x - length, x + 6] : [x - 6, x + length];
      const rows = Array.from({ length: mostRows }, (_, row) => row);
      const row = rows.find((each) =>
        taken.every((other) => other.row !== each || other.to <= from || to <= other.from),
      );
      if (row === undefined) return { ...mark, row: null, toLeft };
      taken.push({ row, from, to });
      return { ...mark, row, toLeft };
    });
  return placed.toSorted((a, b) => a.time - b.time);
}
