import { useRef, type PointerEvent, type SyntheticEvent } from 'react';

/** Pixels that the pointer may move during a click. */
const slack = 4;

export interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  /** A drag that began on a link must not open it. */
  readonly onClickCapture: (event: SyntheticEvent) => void;
}

/** Reports how far the mouse was dragged; touch scrolls natively. */
export function useDrag(onDrag: (byX: number, byY: number) => void): DragHandlers {
  const last = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  return {
    onPointerDown: ({ button, pointerType, clientX, clientY }) => {
      dragged.current = false;
      if (button === 0 && pointerType === 'mouse') last.current = { x: clientX, y: clientY };
    },
    onPointerMove: (event) => {
      const { current: from } = last;
      if (!from || event.buttons === 0) return;
      const [byX, byY] = [event.clientX - from.x, event.clientY - from.y];
      if (!dragged.current && Math.hypot(byX, byY) < slack) return;
      if (!dragged.current) event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = true;
      last.current = { x: event.clientX, y: event.clientY };
      onDrag(byX, byY);
    },
    onPointerUp: () => {
      last.current = null;
    },
    onClickCapture: (event) => {
      if (!dragged.current) return;
      dragged.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
