import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useDrag, type DragHandlers } from './use-drag';
import { firstScale, fittingScale, heldScroll, zoomedScale, type Size } from './view';

/** Growth of the scale per wheel pixel, as an exponent. */
const wheelZoom = 0.004;

type Place = readonly [x: number, y: number];

export interface ViewControl {
  /** Null until the viewport is measured. */
  readonly scale: number | null;
  readonly viewport: Size | null;
  readonly pointer: DragHandlers;
  /** @param place the point that stays in place, in pixels of the viewport; its centre if omitted */
  readonly zoomBy: (factor: number, place?: Place) => void;
  readonly panBy: (x: number, y: number) => void;
  /** Shows everything. */
  readonly fit: () => void;
}

/**
 * Zoom with Ctrl and the wheel, pan by dragging; everything else is native scrolling. Until the user zooms, the scale
 * follows the viewport.
 */
export function useView(element: RefObject<HTMLElement | null>, drawing: Size): ViewControl {
  const viewport = useViewport(element);
  const [chosen, setChosen] = useState<number | null>(null);
  const scale = viewport && (chosen ?? firstScale(drawing, viewport));
  const scrollTo = useRef<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    // After the drawing has its new size, for whatever reason.
    if (scrollTo.current) element.current?.scrollTo(scrollTo.current);
    scrollTo.current = null;
  });

  const zoomBy = (factor: number, place?: Place) => {
    if (!viewport || scale === null || !element.current) return;
    const next = zoomedScale(scale, factor);
    const { scrollLeft, scrollTop } = element.current;
    const [x, y] = place ?? [viewport.width / 2, viewport.height / 2];
    scrollTo.current = {
      left: heldScroll({ length: drawing.width, viewport: viewport.width, scroll: scrollLeft, place: x }, scale, next),
      top: heldScroll({ length: drawing.height, viewport: viewport.height, scroll: scrollTop, place: y }, scale, next),
    };
    setChosen(next);
  };
  const panBy = (x: number, y: number) => element.current?.scrollBy(x, y);
  useZoomingWheel(element, (deltaY, place) => zoomBy(Math.exp(-deltaY * wheelZoom), place));
  return {
    scale,
    viewport,
    pointer: useDrag((byX, byY) => panBy(-byX, -byY)),
    zoomBy,
    panBy,
    fit: () => viewport && setChosen(fittingScale(drawing, viewport)),
  };
}

/** Measured with the scroll bars, so that a scroll bar does not change the scale that caused it. */
function useViewport(element: RefObject<HTMLElement | null>): Size | null {
  const [viewport, setViewport] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => {
      const { offsetWidth: width, offsetHeight: height } = current;
      setViewport((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return viewport;
}

/** React's own wheel listeners are passive, and could not keep Chromium from zooming the whole window. */
function useZoomingWheel(element: RefObject<HTMLElement | null>, onWheel: (deltaY: number, place: Place) => void) {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = current.getBoundingClientRect();
      latest.current(event.deltaY, [event.clientX - box.left, event.clientY - box.top]);
    };
    current.addEventListener('wheel', listen, { passive: false });
    return () => current.removeEventListener('wheel', listen);
  }, [element]);
}
