import type { GeneratorRequest } from '../../../contract/rpc/generator-messages';

/** How a generator process ended. */
export interface WorkerExit {
  /** In words, e.g. `exit code 1` or `signal SIGKILL`. */
  readonly reason: string;
  /** The last that it wrote to its standard error; may be empty. */
  readonly stderrTail: string;
}

/** A generator process as the coordinator sees it, whatever started it and carries its messages. */
export interface GeneratorWorkerHandle {
  /** May be called at once after the start: messages wait until the process listens. */
  post(request: GeneratorRequest): void;
  /** What arrives is validated by the coordinator. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however the process ends; also where it could not be started at all. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends the process at once; `onExit` follows. */
  kill(): void;
}

/**
 * What a generator process is told by its environment, so that what a chunk has used of memory is there for the next;
 * to get it from the kernel anew costs time, most of all where several processes ask at once.
 *
 * - DuckDB works on the threads of libuv's pool, a query on whichever is free, and its allocator keeps memory apart for
 *   each thread: one alone.
 * - The allocator (jemalloc, on Linux; https://duckdb.org/docs/stable/core_extensions/jemalloc) marks what was free for
 *   a second as the kernel's to take (`muzzy`), but gives it up itself only after ten; and cuts small pieces from pieces
 *   of up to 2^8 times their size, instead of asking for more.
 */
export const generatorEnvironment = {
  UV_THREADPOOL_SIZE: '1',
  DUCKDB_JE_MALLOC_CONF: 'muzzy_decay_ms:10000,lg_extent_max_active_fit:8',
} as const;
