import type { GeneratorRequest } from '../../../contract/rpc/generator-messages';

/** How a generator process ended. */
export interface WorkerExit {
  /** For messages, such as `exit code 1` or `signal SIGKILL`. */
  readonly reason: string;
  /** The end of its standard error; may be empty. */
  readonly stderrTail: string;
}

/** A generator process, independent of how it was started and how messages reach it. */
export interface WorkerHandle {
  /** May be called right after the start: messages wait until the process listens. */
  post(request: GeneratorRequest): void;
  /** The coordinator validates the messages. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however the process ends, and also if it couldn't be started. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends the process at once; `onExit` follows. */
  kill(): void;
}

/**
 * Environment of a generator process that lets chunks reuse the memory of earlier ones. Getting memory from the kernel
 * again costs time, especially if several processes do so at once.
 *
 * - DuckDB runs queries on the threads of libuv's pool, and its allocator keeps separate memory per thread, so there is
 *   only one thread.
 * - The allocator (jemalloc, on Linux; https://duckdb.org/docs/stable/core_extensions/jemalloc) lets the kernel take
 *   memory that was free for a second (`muzzy`), but gives it up itself only after ten; and it cuts small pieces from
 *   pieces of up to 2^8 times their size instead of asking for more.
 */
export const generatorEnvironment = {
  UV_THREADPOOL_SIZE: '1',
  DUCKDB_JE_MALLOC_CONF: 'muzzy_decay_ms:10000,lg_extent_max_active_fit:8',
} as const;
