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

/** Finds the place nearest to a distance from the left edge of the chart, in pixels; null outside the plot. */
export type FindPlace = (left: number) => number | null;

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
  const findPlace = useRef<FindPlace | null>(null);
  const span =
    onZoom && drag && drag.from !== drag.to
      ? { first: Math.min(drag.from, drag.to), last: Math.max(drag.from, drag.to) }
      : null;
  /**
   * By the place of the mouse itself: the chart's own state follows it frame by frame, and is that of the keyboard
   * right after a click has given it the focus.
   */
  const xOf = ({ clientX }: MouseEvent) => {
    const box = element.current?.getBoundingClientRect();
    return (box && findPlace.current?.(clientX - box.left)) ?? null;
  };
  const pick = (x: number, shape: number | null, left: number, top: number) =>
    onPick?.({ x, series: shape, at: { x: left, y: top } });
  const chart = {
    onMouseDown: (_: unknown, event: MouseEvent) => {
      const x = xOf(event);
      pressed.current = true;
      if (x !== null) setDrag({ from: x, to: x });
    },
    onMouseMove: (_: unknown, event: MouseEvent) => {
      if (!drag) return;
      const x = xOf(event);
      if (x !== null && x !== drag.to) setDrag({ ...drag, to: x });
    },
    // Not at the click: a chart that is drawn again while the button is down gets none.
    onMouseUp: (_: unknown, event: MouseEvent) => {
      const [x, shape, wasPressed] = [xOf(event), series.current, pressed.current];
      series.current = null;
      pressed.current = false;
      setDrag(null);
      if (span) return onZoom?.(span.first, span.last);
      if (wasPressed && x !== null) pick(x, shape, event.clientX, event.clientY);
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
  /** Called by a part of the chart that knows its scale. */
  const reportPlaces = useCallback((find: FindPlace | null) => {
    findPlace.current = find;
  }, []);
  return { span, chart, onKeyDown, report, reportPlaces, pickSeries };
}
