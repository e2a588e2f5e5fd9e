/** Most places that are all labelled. */
const mostNamed = 40;
const mostLetters = 18;
const letterWidth = 6.2;
/** Width outside of the places: the value axis and the margins. */
const beside = 84;
const slant = Math.PI / 5;

/** Layout of the labels below a chart: all of them, rotated if they would not fit side by side. */
export interface LabelLayout {
  /** Height of the label area, in pixels. */
  readonly height: number;
  readonly slanted: boolean;
}

/** @returns null if there are too many places to label */
export function labelLayout(labels: readonly string[], width: number): LabelLayout | null {
  if (labels.length === 0 || labels.length > mostNamed) return null;
  const longest = Math.max(...labels.map((label) => shortLabel(label).length)) * letterWidth;
  const slanted = longest + 8 > (width - beside) / labels.length;
  return { slanted, height: slanted ? Math.ceil(longest * Math.sin(slant)) + 22 : 26 };
}

/** More letters than this make a name long. */
const longName = 12;

/** Whether bars are drawn from left to right: their names are long, or too many to stand side by side. */
export function barsLieFlat(labels: readonly string[], width: number): boolean {
  const layout = labelLayout(labels, width);
  return (
    labels.length > 0 && (!layout || layout.slanted || labels.some((label) => Array.from(label).length > longName))
  );
}

/** Rotation of a label, in degrees. */
export const slantDegrees = (-slant * 180) / Math.PI;

export function shortLabel(label: string): string {
  const letters = Array.from(label.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '␣'));
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
}
