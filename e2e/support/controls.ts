import type { Page } from '@playwright/test';

/** Problems with the placement of a page's controls; none if all can be seen or scrolled to. */
export interface PlacementFaults {
  /** Cut off by the window or by a part that does not scroll. */
  readonly cut: string[];
  /** Pairs that lie over each other. */
  readonly overlapping: string[];
}

/**
 * Checks every drawn control. One that can be scrolled into view counts as visible.
 * @param within a selector: only controls in such elements are checked
 */
export function placementFaults(window: Page, within: string): Promise<PlacementFaults> {
  return window.evaluate((root) => {
    const tolerance = 1;
    const controls =
      'button, a[href], input:not([type=range]), select, textarea, [role=tab], [role=radio], label:has(input)';
    type Box = { left: number; top: number; right: number; bottom: number };
    const cross = (a: Box, b: Box): Box => ({
      left: Math.max(a.left, b.left),
      top: Math.max(a.top, b.top),
      right: Math.min(a.right, b.right),
      bottom: Math.min(a.bottom, b.bottom),
    });
    const nameOf = (element: Element) =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? ''}`;
    const view: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    /** The visible part, and whether the rest can be scrolled into view. */
    const look = (element: Element) => {
      // For a wrapped link, the first line.
      const { left, top, right, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
      let box: Box = { left, top, right, bottom };
      let seen = box;
      let cut = false;
      const clip = (by: Box, scrolls: { x: boolean; y: boolean }) => {
        const outX = box.left < by.left - tolerance || box.right > by.right + tolerance;
        const outY = box.top < by.top - tolerance || box.bottom > by.bottom + tolerance;
        if ((outX && !scrolls.x) || (outY && !scrolls.y)) cut = true;
        seen = cross(seen, by);
        // Scrolled into view, it would be inside.
        box = {
          left: scrolls.x ? by.left : box.left,
          right: scrolls.x ? Math.min(by.right, by.left + 1) : box.right,
          top: scrolls.y ? by.top : box.top,
          bottom: scrolls.y ? Math.min(by.bottom, by.top + 1) : box.bottom,
        };
      };
      for (let above = element.parentElement; above; above = above.parentElement) {
        const style = getComputedStyle(above);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const scrolls = { x: /auto|scroll/.test(style.overflowX), y: /auto|scroll/.test(style.overflowY) };
        if (above !== document.body && above !== document.documentElement) clip(above.getBoundingClientRect(), scrolls);
      }
      clip(view, { x: false, y: false });
      return { element, seen, cut };
    };
    const looked = [...document.querySelectorAll(root)]
      .flatMap((part) => [...part.querySelectorAll(controls)])
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        // Elements for screen readers only are one pixel wide.
        return width > 2 && height > 2 && element.checkVisibility({ checkVisibilityCSS: true });
      })
      .map(look);
    const overlapping: string[] = [];
    for (const [index, one] of looked.entries()) {
      for (const other of looked.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const { left, top, right, bottom } = cross(one.seen, other.seen);
        if (right - left > tolerance && bottom - top > tolerance) {
          overlapping.push(`${nameOf(one.element)} / ${nameOf(other.element)}`);
        }
      }
    }
    return { cut: looked.filter(({ cut }) => cut).map(({ element }) => nameOf(element)), overlapping };
  }, within);
}
