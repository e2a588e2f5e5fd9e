import { useCallback, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';

/** A point of a chart that the user has chosen. */
export interface PickedPoint {
  /** Its place on the x axis. */
  readonly x: number;
  /** The index of the series whose band or line was clicked; null for none in particular. */
  readonly series: number | null;
  /** In the window, in pixels. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface PickingOptions {
  /** The element around the drawing. */
  readonly element: RefObject<HTMLElement | null>;
  readonly onPick?: ((point: PickedPoint) => void) | undefined;
  /** Called with the range that was selected by dragging. */
  readonly onZoom?: ((first: number, last: number) => void) | undefined;
}

/** The part of a chart's mouse event that is needed. */
interface PointerState {
  readonly activeLabel?: string | number | undefined;
  readonly activeCoordinate?: { readonly x: number; readonly y: number } | undefined;
}

/** The point under the keyboard's cursor, as its tooltip reports it. */
export interface KeyboardPoint {
  readonly x: number;
  readonly left: number;
  readonly top: number;
}

/** Choosing a point by a click or Enter, and a range by dragging. */
export function usePicking({ element, onPick, onZoom }: PickingOptions) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  /** The series whose shape is pressed. */
  const series = useRef<number | null>(null);
  const pressed = useRef(false);
  const active = useRef<KeyboardPoint | null>(null);
  const span =
    onZoom && drag && drag.from !== drag.to
      ? { first: Math.min(drag.from, drag.to), last: Math.max(drag.from, drag.to) }
      : null;
  const xOf = ({ activeLabel }: PointerState) => (activeLabel === undefined ? null : Number(activeLabel));
  const pick = (x: number, shape: number | null, left: number, top: number) =>
    onPick?.({ x, series: shape, at: { x: left, y: top } });
  const chart = {
    onMouseDown: (state: PointerState) => {
      const x = xOf(state);
      pressed.current = true;
      if (x !== null) setDrag({ from: x, to: x });
    },
    onMouseMove: (state: PointerState) => {
      const x = xOf(state);
      if (drag && x !== null && x !== drag.to) setDrag({ ...drag, to: x });
    },
    // Not at the click: a chart that is drawn again while the button is down gets none.
    onMouseUp: (state: PointerState, { clientY }: MouseEvent) => {
      const box = element.current?.getBoundingClientRect();
      const [x, shape, wasPressed] = [xOf(state), series.current, pressed.current];
      series.current = null;
      pressed.current = false;
      setDrag(null);
      if (span) return onZoom?.(span.first, span.last);
      if (!wasPressed || !box) return;
      if (x !== null) return pick(x, shape, box.left + (state.activeCoordinate?.x ?? 0), clientY);
      // The chart follows the mouse frame by frame, and may not have heard of a quick click's place yet.
      onceKnown(
        () => active.current,
        (point) => pick(point.x, shape, box.left + point.left, clientY),
      );
    },
    onMouseLeave: () => {
      pressed.current = false;
      setDrag(null);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const box = element.current?.getBoundingClientRect();
    if (!onPick || !active.current || !box || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    pick(active.current.x, null, box.left + active.current.left, box.top + active.current.top);
  };
  /** Called by the tooltip with the point at the cursor. */
  const report = useCallback((point: KeyboardPoint | null) => {
    active.current = point;
  }, []);
  /** Called by the shape of a series when it is pressed. */
  const pickSeries = useCallback((index: number) => {
    series.current = index;
  }, []);
  return { span, chart, onKeyDown, report, pickSeries };
}

/** Frames to wait for something to be known: half a second. */
const mostFrames = 30;

/** Calls back with a value as soon as it is known, after a frame at the earliest. */
function onceKnown<T>(read: () => T | null, then: (value: T) => void, frames = mostFrames): void {
  requestAnimationFrame(() => {
    const value = read();
    if (value !== null) then(value);
    else if (frames > 0) onceKnown(read, then, frames - 1);
  });
}
