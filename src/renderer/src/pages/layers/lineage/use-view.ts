import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useDrag, type DragHandlers } from './use-drag';
import { firstScale, fittingScale, heldScroll, zoomedScale, type Size } from './view';

/** Pixels of the wheel to the power by which the scale grows. */
const wheelZoom = 0.004;

type Place = readonly [x: number, y: number];

export interface ViewControl {
  /** Null until the room is known. */
  readonly scale: number | null;
  readonly room: Size | null;
  readonly pointer: DragHandlers;
  /** @param place what is to stay where it is, in pixels of the window; its middle without */
  readonly zoomBy: (factor: number, place?: Place) => void;
  readonly panBy: (x: number, y: number) => void;
  /** Shows everything. */
  readonly fit: () => void;
}

/**
 * Zoom by Ctrl and the wheel, pan by dragging; the rest is the scrolling of the window that the drawing lies in. Until
 * somebody zooms, the scale follows the room.
 */
export function useView(element: RefObject<HTMLElement | null>, drawing: Size): ViewControl {
  const room = useRoom(element);
  const [chosen, setChosen] = useState<number | null>(null);
  const scale = room && (chosen ?? firstScale(drawing, room));
  const scrollTo = useRef<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    // Once the drawing has its new size, whatever it was drawn again for.
    if (scrollTo.current) element.current?.scrollTo(scrollTo.current);
    scrollTo.current = null;
  });

  const zoomBy = (factor: number, place?: Place) => {
    if (!room || scale === null || !element.current) return;
    const next = zoomedScale(scale, factor);
    const { scrollLeft, scrollTop } = element.current;
    const [x, y] = place ?? [room.width / 2, room.height / 2];
    scrollTo.current = {
      left: heldScroll({ length: drawing.width, room: room.width, scroll: scrollLeft, place: x }, scale, next),
      top: heldScroll({ length: drawing.height, room: room.height, scroll: scrollTop, place: y }, scale, next),
    };
    setChosen(next);
  };
  const panBy = (x: number, y: number) => element.current?.scrollBy(x, y);
  useZoomingWheel(element, (deltaY, place) => zoomBy(Math.exp(-deltaY * wheelZoom), place));
  return {
    scale,
    room,
    pointer: useDrag((byX, byY) => panBy(-byX, -byY)),
    zoomBy,
    panBy,
    fit: () => room && setChosen(fittingScale(drawing, room)),
  };
}

/** The room with the scroll bars, so that one that comes does not change the scale that made it come. */
function useRoom(element: RefObject<HTMLElement | null>): Size | null {
  const [room, setRoom] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => {
      const { offsetWidth: width, offsetHeight: height } = current;
      setRoom((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return room;
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
