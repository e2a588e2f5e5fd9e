import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf } from '../../client/error-report';
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

/**
 * The loaded rows of a result: blocks around the visible rows, loaded on demand. Memory is bounded for any size of the
 * result. During fast scrolling only the latest request counts.
 */
export class ResultWindows {
  /** From the least to the most recently used. */
  readonly #blocks = new Map<number, Block>();
  readonly #loading = new Set<number>();
  readonly #listeners = new Set<() => void>();
  readonly #limits: WindowLimits;
  #wanted: readonly number[] = [];
  #version = 0;
  #error: ErrorReport | null = null;

  constructor(
    readonly rows: number,
    private readonly load: LoadWindow,
    limits: Partial<WindowLimits> = {},
  ) {
    this.#limits = { ...usualLimits, ...limits };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a block has arrived or a read has failed. */
  readonly getVersion = (): number => this.#version;

  /** Why the last read failed; no further reads until `retry`. */
  get error(): ErrorReport | null {
    return this.#error;
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
    this.#error = null;
    this.#changed();
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
    if (this.#error) return;
    for (const index of this.#wanted) {
      if (this.#loading.size >= this.#limits.maxLoading) return;
      if (!this.#blocks.has(index) && !this.#loading.has(index)) void this.#loadBlock(index);
    }
  }

  async #loadBlock(index: number): Promise<void> {
    this.#loading.add(index);
    try {
      const { blockRows } = this.#limits;
      this.#keep(index, await this.load(index * blockRows, blockRows));
    } catch (error) {
      this.#error = errorReportOf(error);
    } finally {
      this.#loading.delete(index);
    }
    this.#changed();
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

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
