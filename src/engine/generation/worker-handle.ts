import type { GeneratorRequest } from '../../contract/generator-messages';

/** How a generator process ended. */
export interface WorkerExit {
  /** In words, e.g. `exit code 1` or `signal SIGKILL`. */
  readonly reason: string;
  /** The last that it wrote to its standard error; may be empty. */
  readonly said: string;
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
 * What a generator process is told by its environment. DuckDB works on the threads of libuv's pool, a query on whichever
 * is free, and its allocator keeps memory apart for each thread: on one alone, what a chunk has used is there for the
 * next, and a process needs a third less memory.
 */
export const generatorEnvironment = { UV_THREADPOOL_SIZE: '1' } as const;
