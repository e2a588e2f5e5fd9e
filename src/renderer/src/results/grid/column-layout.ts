import type { Column } from '../../../../contract/column-type';

const minWidth = 64;
const maxWidth = 380;
/** Of a cell, with its border and a pixel for rounding. */
const padding = 26;
/** Of a header, beside its name: the button of its menu. */
const menuWidth = 18;
/** A little more than a character of the grid's 12-pixel monospace takes. */
const characterWidth = 7.3;
/** The same of a name, which is set bold in the font of the page. */
const nameCharacterWidth = 8.3;

/** A width that shows the header and the sampled values, within reason. */
export function columnWidth(
  { name, type }: Column,
  sample: readonly (string | null | undefined)[],
  most = maxWidth,
): number {
  // The type is set smaller than the name.
  const header = Math.max(name.length * nameCharacterWidth, type.length * 0.9 * characterWidth) + menuWidth;
  const cells = Math.max(0, ...sample.map((text) => text?.length ?? 4)) * characterWidth;
  return Math.round(Math.max(minWidth, Math.min(most, Math.max(header, cells) + padding)));
}
