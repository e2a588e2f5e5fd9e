/** Chromium caps the height of an element at about 33.5 million pixels of the screen; half of it for dense screens. */
const maxScrollHeight = 15_000_000;

/** Rows that the virtualizer is told of at a time: it keeps a number for each. */
const maxItems = 500_000;

/**
 * Where the rows of a grid are. *Content* offsets count the pixels of all rows as if a page could be that high;
 * *scroll* offsets are what the scroll bar does. They are the same until there are too many rows for one element;
 * then the scroll bar covers the content in proportion. *Items* are the stretch of rows around the offset that the
 * virtualizer lays out.
 */
export class ScrollGeometry {
  readonly contentHeight: number;
  /** The height of the element that is scrolled. */
  readonly scrollHeight: number;
  /** How many rows the virtualizer lays out. */
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

  /** The nearest content offset that can be shown in a viewport. */
  clamp(contentOffset: number, viewport: number): number {
    return Math.max(0, Math.min(contentOffset, this.contentHeight - viewport));
  }

  toContent(scrollOffset: number, viewport: number): number {
    return this.scaled ? this.clamp(scrollOffset / this.#scale(viewport), viewport) : scrollOffset;
  }

  toScroll(contentOffset: number, viewport: number): number {
    return this.scaled ? contentOffset * this.#scale(viewport) : contentOffset;
  }

  /** The row that is the virtualizer's first item at an offset; it moves in steps, far from what is on screen. */
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
