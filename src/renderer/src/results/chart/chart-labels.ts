/** Most places whose names are all shown. */
const mostNamed = 40;
const mostLetters = 18;
const letterWidth = 6.2;
/** Room beside the places: the value axis and the margins. */
const beside = 84;
const slant = Math.PI / 5;

/** How the names below a chart stand: all of them, slanted where they would not fit side by side. */
export interface LabelLayout {
  /** Room below the chart, in pixels. */
  readonly height: number;
  readonly slanted: boolean;
}

/** @returns null where there are too many places to name each */
export function labelLayout(labels: readonly string[], width: number): LabelLayout | null {
  if (labels.length === 0 || labels.length > mostNamed) return null;
  const longest = Math.max(...labels.map((label) => shortLabel(label).length)) * letterWidth;
  const slanted = longest + 8 > (width - beside) / labels.length;
  return { slanted, height: slanted ? Math.ceil(longest * Math.sin(slant)) + 22 : 26 };
}

/** The slant of a name, in degrees. */
export const slantDegrees = (-slant * 180) / Math.PI;

export function shortLabel(label: string): string {
  const letters = Array.from(label.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '␣'));
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
}
