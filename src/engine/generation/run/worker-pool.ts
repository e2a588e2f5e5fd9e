import { cancelled } from '../../../contract/app-error';
import type { WorkerProgress } from '../../../contract/generation';
import type { Chunk, GeneratorRequest } from '../../../contract/rpc/generator-messages';
import type { Recipe } from '../../../contract/recipe';
import type { Workspace } from '../../workspace';
import { rowsOf } from '../plan/plan';
import { WorkerClient } from './worker-client';
import type { GeneratorWorkerHandle } from './worker-handle';

export interface PoolOptions {
  readonly chunks: readonly Chunk[];
  /** Most processes to start; never more than there are chunks. */
  readonly workers: number;
  readonly prepare: GeneratorRequest & { readonly type: 'prepare' };
  readonly spawnWorker: () => GeneratorWorkerHandle;
  readonly signal: AbortSignal;
  /** Called as each worker begins to write. */
  readonly onReady?: () => void;
}

/** Has generator processes write chunks: each pulls the next one when it has finished the last. */
export class WorkerPool {
  /** What each worker has written and is writing; changes while {@link run} is under way. */
  readonly progress: WorkerProgress[] = [];
  readonly #queue: IterableIterator<Chunk>;
  readonly #clients: WorkerClient[] = [];
  /** Rows of finished chunks, by worker. */
  readonly #done: number[] = [];
  #bytes = 0;

  constructor(private readonly options: PoolOptions) {
    this.#queue = options.chunks.values();
  }

  /** Starts the processes ahead of {@link run}: each takes a fifth of a second until it can begin. */
  start(): void {
    const { chunks, workers, spawnWorker, signal } = this.options;
    if (this.#clients.length > 0 || signal.aborted) return;
    signal.addEventListener('abort', this.stop, { once: true });
    for (let started = 0; started < Math.min(workers, chunks.length); started += 1) {
      this.#clients.push(this.#connect(spawnWorker(), started));
    }
  }

  /** Tells the processes to end, whatever they do. */
  readonly stop = (): void => {
    this.options.signal.removeEventListener('abort', this.stop);
    for (const client of this.#clients) client.kill();
  };

  /**
   * Returns the bytes written once all chunks are. The processes are told to end then; after a failure they have ended.
   * @throws AppError CANCELLED, WORKER_CRASHED, or what a worker reports
   */
  async run(): Promise<number> {
    const { signal } = this.options;
    this.start();
    try {
      if (signal.aborted) throw cancelled('The run');
      await Promise.all(this.#clients.map((client, worker) => this.#work(client, worker)));
      this.stop();
      return this.#bytes;
    } catch (error) {
      this.stop();
      // Their folder is about to be removed: nobody may be writing to it then.
      await Promise.all(this.#clients.map(({ exited }) => exited));
      throw signal.aborted ? cancelled('The run') : error;
    }
  }

  /** A chunk that takes long counts bit by bit: `done` rows are of chunks before it. */
  #connect(handle: GeneratorWorkerHandle, worker: number): WorkerClient {
    const status: WorkerProgress = { worker, rows: 0, days: null };
    this.progress[worker] = status;
    this.#done[worker] = 0;
    return new WorkerClient(handle, (rows) => (status.rows = (this.#done[worker] ?? 0) + rows));
  }

  async #work(client: WorkerClient, worker: number): Promise<void> {
    const status = this.progress[worker] ?? { worker, rows: 0, days: null };
    // The first chunk is asked for without waiting for `ready`. A failure shows in both promises: both are awaited.
    const ready = client.ask(this.options.prepare).then(this.options.onReady);
    const written = this.#writeChunks(client, status);
    await Promise.all([ready, written]);
  }

  async #writeChunks(client: WorkerClient, status: WorkerProgress): Promise<void> {
    for (const chunk of this.#queue) {
      const first = chunk.days[0]?.date ?? '';
      status.days = { first, last: chunk.days.at(-1)?.date ?? first };
      const reply = await client.ask({ type: 'write', chunk });
      if (reply.type === 'written') this.#bytes += reply.bytes;
      status.rows = (this.#done[status.worker] ?? 0) + rowsOf(chunk);
      this.#done[status.worker] = status.rows;
    }
    status.days = null;
  }
}

/** What a generator process is told first. */
export function prepareRequest(
  workspace: Workspace,
  runId: string,
  recipe: Recipe,
  sqlFolder: string,
): PoolOptions['prepare'] {
  const agreedLinks = Object.fromEntries(workspace.agreedLinks);
  return { type: 'prepare', runId, recipe, folder: workspace.folder, agreedLinks, sqlFolder };
}
