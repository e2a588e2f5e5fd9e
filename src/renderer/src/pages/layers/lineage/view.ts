export interface Size {
  readonly width: number;
  readonly height: number;
}

const leastScale = 0.3;
const mostScale = 2;
/** Below this, letters are no longer read; a scale that nobody chose goes no further. */
const legibleScale = 0.75;
/** Around the drawing, whatever the scale. */
export const padding = 16;

/** At which everything is in sight. */
export function fittingScale(drawing: Size, room: Size): number {
  const across = (room.width - 2 * padding) / drawing.width;
  const down = (room.height - 2 * padding) / drawing.height;
  return Math.max(leastScale, Math.min(1, across, down));
}

/** At which everything is in sight, unless it could not be read then. */
export function firstScale(drawing: Size, room: Size): number {
  return Math.max(legibleScale, fittingScale(drawing, room));
}

export function zoomedScale(scale: number, factor: number): number {
  return Math.max(leastScale, Math.min(mostScale, scale * factor));
}

/** Where a drawing begins in a room that may be larger than it. */
export function offsetOf(length: number, scale: number, room: number): number {
  return Math.max(padding, (room - length * scale) / 2);
}

/**
 * How far to have scrolled so that what lies under `place` stays there while the scale changes.
 * @param place in pixels from the start of the room
 */
export function heldScroll(
  axis: { readonly length: number; readonly room: number; readonly scroll: number; readonly place: number },
  scale: number,
  next: number,
): number {
  const { length, room, scroll, place } = axis;
  const point = (scroll + place - offsetOf(length, scale, room)) / scale;
  return point * next + offsetOf(length, next, room) - place;
}
