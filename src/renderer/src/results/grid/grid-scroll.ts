import { Store } from '../../client/store';
import type { ScrollGeometry } from './scroll-geometry';

/**
 * The vertical scroll position of a grid, exact to the pixel for any number of rows: if the scroll bar is too coarse to
 * distinguish neighbouring rows, the wheel moves the content and the scroll bar follows. The snapshot is the offset of
 * the content.
 */
export class GridScroll extends Store<number> {
  #contentOffset = 0;
  #element: HTMLElement | null = null;
  #layer: HTMLElement | null = null;

  constructor(
    readonly geometry: ScrollGeometry,
    /** Height of the sticky header, which covers that much of the element. */
    private readonly headerHeight: number,
  ) {
    super(0);
  }

  /** Attaches to an element; `layer`, inside of it, holds the virtualizer's items and is kept in place. */
  attach(element: HTMLElement, layer: HTMLElement): () => void {
    this.#element = element;
    this.#layer = layer;
    element.addEventListener('scroll', this.#onScroll, { passive: true });
    if (this.geometry.scaled) element.addEventListener('wheel', this.#onWheel, { passive: false });
    // Other rows may have left it anywhere.
    this.#onScroll();
    return () => {
      element.removeEventListener('scroll', this.#onScroll);
      element.removeEventListener('wheel', this.#onWheel);
    };
  }

  /** Row of the virtualizer's item 0. */
  readonly getFirstItem = (): number => this.geometry.firstItem(this.#contentOffset);

  /** Rows that fit into the viewport. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewport / this.geometry.rowHeight));
  }

  /** Scrolls to a row, unless all of it is in sight; see `ScrollGeometry.offsetShowing`. */
  showRow(row: number, place: 'nearest' | 'middle'): void {
    const offset = this.geometry.offsetShowing(row, this.#contentOffset, this.#viewport, place);
    if (offset !== this.#contentOffset) this.#scrollTo(offset);
  }

  get #viewport(): number {
    return (this.#element?.clientHeight ?? 0) - this.headerHeight;
  }

  #scrollTo(contentOffset: number): void {
    if (!this.#element) return;
    this.#contentOffset = this.geometry.clamp(contentOffset, this.#viewport);
    this.#element.scrollTop = this.geometry.toScroll(this.#contentOffset, this.#viewport);
    this.#moved();
  }

  readonly #onScroll = (): void => {
    const top = this.#element?.scrollTop ?? 0;
    // Scroll events caused by this class arrive rounded; using them would lose the position within the pixel.
    const echo =
      this.geometry.scaled && Math.abs(this.geometry.toScroll(this.#contentOffset, this.#viewport) - top) <= 1;
    if (!echo) this.#contentOffset = this.geometry.toContent(top, this.#viewport);
    this.#moved();
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (event.shiftKey || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    this.#scrollTo(this.#contentOffset + event.deltaY);
  };

  /** Scroll offset of the virtualizer's items. */
  get localOffset(): number {
    return this.#contentOffset - this.getFirstItem() * this.geometry.rowHeight;
  }

  #placeLayer(): void {
    const scrollTop = this.#element?.scrollTop ?? 0;
    if (this.#layer) this.#layer.style.transform = `translateY(${scrollTop - this.localOffset}px)`;
  }

  #moved(): void {
    this.#placeLayer();
    this.replace(this.#contentOffset);
  }
}
