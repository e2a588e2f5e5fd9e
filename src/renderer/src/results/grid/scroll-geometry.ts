/**
 * Chromium limits the height of an element to about 33.5 million device pixels; half of it, for high-density screens.
 */
const maxScrollHeight = 15_000_000;

/** Rows given to the virtualizer at a time: it stores a number for each. */
const maxItems = 500_000;

/**
 * The positions of rows in a grid. *Content* offsets count the pixels of all rows, as if a page could be that high;
 * *scroll* offsets are those of the scroll bar. They are equal until one element can't hold all rows; then the scroll
 * bar is proportional. *Items* are the rows around the offset that the virtualizer lays out.
 */
export class ScrollGeometry {
  readonly contentHeight: number;
  /** The height of the scrolled element. */
  readonly scrollHeight: number;
  /** Number of rows that the virtualizer lays out. */
  readonly items: number;

  constructor(
    readonly rows: number,
    readonly rowHeight: number,
  ) {
    this.contentHeight = rows * rowHeight;
    this.scrollHeight = Math.min(this.contentHeight, maxScrollHeight);
    this.items = Math.min(rows, maxItems);
  }

  get scaled(): boolean {
    return this.contentHeight > this.scrollHeight;
  }

  /** The nearest content offset that a viewport can show. */
  clamp(contentOffset: number, viewport: number): number {
    return Math.max(0, Math.min(contentOffset, this.contentHeight - viewport));
  }

  toContent(scrollOffset: number, viewport: number): number {
    return this.scaled ? this.clamp(scrollOffset / this.#scale(viewport), viewport) : scrollOffset;
  }

  toScroll(contentOffset: number, viewport: number): number {
    return this.scaled ? contentOffset * this.#scale(viewport) : contentOffset;
  }

  /**
   * The content offset that shows a row as a whole; the current one if it already does.
   * @param place where a row that was out of sight appears: at the *nearest* edge, for steps of a cursor; in the
   *   *middle*, for jumps, which show what is around the row
   */
  offsetShowing(row: number, current: number, viewport: number, place: 'nearest' | 'middle'): number {
    const top = row * this.rowHeight;
    const bottom = top + this.rowHeight - viewport;
    if (current <= top && current >= bottom) return current;
    if (place === 'middle') return this.clamp((top + bottom) / 2, viewport);
    return current > top ? top : bottom;
  }

  /** The row of the virtualizer's first item at an offset; it changes in steps, far from the visible rows. */
  firstItem(contentOffset: number): number {
    const step = maxItems / 2;
    const row = Math.floor(contentOffset / this.rowHeight);
    const centred = Math.floor(row / step) * step - step / 2;
    return Math.max(0, Math.min(centred, this.rows - this.items));
  }

  #scale(viewport: number): number {
    return (this.scrollHeight - viewport) / (this.contentHeight - viewport);
  }
}
