import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf } from '../../client/error-report';
import { Store } from '../../client/store';
import type { Block } from './block';

export interface WindowLimits {
  /** Rows per request. */
  readonly blockRows: number;
  /** Blocks kept in memory; the least recently used are dropped first. */
  readonly maxBlocks: number;
  /** Parallel requests: more would only queue. */
  readonly maxLoading: number;
}

const usualLimits: WindowLimits = { blockRows: 500, maxBlocks: 40, maxLoading: 2 };

export type LoadWindow = (offset: number, limit: number) => Promise<Block>;

/** Replaced whenever a block has arrived or a read has failed. */
export interface WindowsState {
  /** Why the last read failed; no further reads until `retry`. */
  readonly error: ErrorReport | null;
}

/**
 * The loaded rows of a result: blocks around the visible rows, loaded on demand. Memory is bounded for any size of the
 * result. During fast scrolling only the latest request counts.
 */
export class ResultWindows extends Store<WindowsState> {
  /** From the least to the most recently used. */
  readonly #blocks = new Map<number, Block>();
  readonly #loading = new Set<number>();
  readonly #limits: WindowLimits;
  #wanted: readonly number[] = [];

  constructor(
    readonly rows: number,
    private readonly load: LoadWindow,
    limits: Partial<WindowLimits> = {},
  ) {
    super({ error: null });
    this.#limits = { ...usualLimits, ...limits };
  }

  /** A cell: undefined if not loaded, null for NULL. */
  text(row: number, column: number): string | null | undefined {
    const { blockRows } = this.#limits;
    return this.#blocks.get(Math.floor(row / blockRows))?.text(row % blockRows, column);
  }

  /** Loads the first rows, so that the result can be shown at once. */
  async open(): Promise<void> {
    if (this.rows > 0) this.#keep(0, await this.load(0, this.#limits.blockRows));
  }

  /** Sets the visible rows, the last one included. */
  want(firstRow: number, lastRow: number): void {
    if (this.rows === 0) return;
    const { blockRows } = this.#limits;
    const first = Math.floor(Math.max(0, firstRow) / blockRows);
    const last = Math.floor(Math.min(this.rows - 1, lastRow) / blockRows);
    this.#wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    for (const index of this.#wanted) {
      const block = this.#blocks.get(index);
      if (block) this.#keep(index, block);
    }
    this.#loadNext();
  }

  retry(): void {
    this.replace({ error: null });
    this.#loadNext();
  }

  /**
   * The first rows all at once: those that are loaded, and the rest, which is not cached here.
   * @throws the reason of the signal once it is aborted
   */
  async head(limit: number, signal?: AbortSignal): Promise<Block[]> {
    const blocks: Block[] = [];
    const end = Math.min(limit, this.rows);
    const { blockRows } = this.#limits;
    for (let offset = 0; offset < end; offset += blockRows) {
      signal?.throwIfAborted();
      const wanted = Math.min(blockRows, end - offset);
      const loaded = this.#blocks.get(offset / blockRows);
      blocks.push(loaded?.rows === wanted ? loaded : await this.load(offset, wanted));
    }
    return blocks;
  }

  #loadNext(): void {
    if (this.getSnapshot().error) return;
    for (const index of this.#wanted) {
      if (this.#loading.size >= this.#limits.maxLoading) return;
      if (!this.#blocks.has(index) && !this.#loading.has(index)) void this.#loadBlock(index);
    }
  }

  async #loadBlock(index: number): Promise<void> {
    let failure: ErrorReport | null = null;
    this.#loading.add(index);
    try {
      const { blockRows } = this.#limits;
      this.#keep(index, await this.load(index * blockRows, blockRows));
    } catch (problem) {
      failure = errorReportOf(problem);
    } finally {
      this.#loading.delete(index);
    }
    this.replace({ error: failure ?? this.getSnapshot().error });
    this.#loadNext();
  }

  #keep(index: number, block: Block): void {
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#limits.maxBlocks) return;
      if (!this.#wanted.includes(oldest)) this.#blocks.delete(oldest);
    }
  }
}
