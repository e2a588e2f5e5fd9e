import type { Column } from '../../../../contract/column-type';

const minWidth = 64;
const maxWidth = 380;
/** Padding of a cell, with its border and a pixel for rounding. */
const padding = 26;
/** Space for the menu button of a header. */
const menuWidth = 18;
/** Slightly more than the width of a character in the grid's 12-pixel monospace font. */
const characterWidth = 7.3;
/** The same for a column name, which is bold in the font of the page. */
const nameCharacterWidth = 8.3;

/** A width that fits the header and the sampled values, within limits. */
export function columnWidth(
  { name, type }: Column,
  sample: readonly (string | null | undefined)[],
  most = maxWidth,
): number {
  // The type has a smaller font than the name.
  const header = Math.max(name.length * nameCharacterWidth, type.length * 0.9 * characterWidth) + menuWidth;
  const cells = Math.max(0, ...sample.map((text) => text?.length ?? 4)) * characterWidth;
  return Math.round(Math.max(minWidth, Math.min(most, Math.max(header, cells) + padding)));
}
