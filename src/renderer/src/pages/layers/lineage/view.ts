export interface Size {
  readonly width: number;
  readonly height: number;
}

const leastScale = 0.3;
const mostScale = 2;
/** Text is unreadable below this scale; automatic scaling stops here. */
const legibleScale = 0.75;
/** Margin around the drawing, at every scale. */
export const padding = 16;

/** The scale at which the drawing fits the viewport. */
export function fittingScale(drawing: Size, viewport: Size): number {
  const across = (viewport.width - 2 * padding) / drawing.width;
  const down = (viewport.height - 2 * padding) / drawing.height;
  return Math.max(leastScale, Math.min(1, across, down));
}

/** The scale at which the drawing fits the viewport, or the smallest readable one. */
export function firstScale(drawing: Size, viewport: Size): number {
  return Math.max(legibleScale, fittingScale(drawing, viewport));
}

export function zoomedScale(scale: number, factor: number): number {
  return Math.max(leastScale, Math.min(mostScale, scale * factor));
}

/** Offset of a drawing in a viewport that may be larger. */
export function offsetOf(length: number, scale: number, viewport: number): number {
  return Math.max(padding, (viewport - length * scale) / 2);
}

/**
 * The scroll offset that keeps the point at `place` fixed when the scale changes.
 * @param place in pixels from the start of the viewport
 */
export function heldScroll(
  axis: { readonly length: number; readonly viewport: number; readonly scroll: number; readonly place: number },
  scale: number,
  next: number,
): number {
  const { length, viewport, scroll, place } = axis;
  const point = (scroll + place - offsetOf(length, scale, viewport)) / scale;
  return point * next + offsetOf(length, next, viewport) - place;
}
