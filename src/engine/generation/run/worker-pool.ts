import { cancelled } from '../../../contract/app-error';
import type { WorkerProgress } from '../../../contract/generation';
import type { Chunk, GeneratorRequest } from '../../../contract/rpc/generator-messages';
import type { Recipe } from '../../../contract/recipe';
import type { Workspace } from '../../workspace';
import { rowsOf } from '../plan/plan';
import { WorkerClient } from './worker-client';
import type { WorkerHandle } from './worker-handle';

export interface PoolOptions {
  readonly chunks: readonly Chunk[];
  /** Most processes to start; never more than chunks. */
  readonly workers: number;
  readonly preparation: GeneratorRequest & { readonly type: 'prepare' };
  readonly spawnWorker: () => WorkerHandle;
  readonly signal: AbortSignal;
  /** Called when a worker starts to write. */
  readonly onReady?: () => void;
}

/** Lets generator processes write chunks: each takes the next one when it has finished. */
export class WorkerPool {
  /** The progress of each worker; changes while {@link run} runs. */
  readonly progress: WorkerProgress[] = [];
  readonly #queue: IterableIterator<Chunk>;
  readonly #clients: WorkerClient[] = [];
  /** Rows of finished chunks, by worker. */
  readonly #done: number[] = [];
  #bytes = 0;

  constructor(private readonly options: PoolOptions) {
    this.#queue = options.chunks.values();
  }

  /** Starts the processes before {@link run}: each needs a fifth of a second to load. */
  start(): void {
    const { chunks, workers, spawnWorker, signal } = this.options;
    if (this.#clients.length > 0 || signal.aborted) return;
    signal.addEventListener('abort', this.stop, { once: true });
    for (let started = 0; started < Math.min(workers, chunks.length); started += 1) {
      this.#clients.push(this.#connect(spawnWorker(), started));
    }
  }

  /** Ends the processes at once. */
  readonly stop = (): void => {
    this.options.signal.removeEventListener('abort', this.stop);
    for (const client of this.#clients) client.kill();
  };

  /**
   * Returns the bytes written, once all chunks are done. The processes are then told to end; after a failure they have
   * ended.
   * @throws AppError CANCELLED, WORKER_CRASHED, or a worker's error
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
      // Their folder is about to be removed, so nobody may still be writing to it.
      await Promise.all(this.#clients.map(({ exited }) => exited));
      throw signal.aborted ? cancelled('The run') : error;
    }
  }

  /** Counts the rows of long chunks as they are written: `done` rows are of earlier chunks. */
  #connect(handle: WorkerHandle, worker: number): WorkerClient {
    const status: WorkerProgress = { worker, rows: 0, days: null };
    this.progress[worker] = status;
    this.#done[worker] = 0;
    return new WorkerClient(handle, (rows) => (status.rows = (this.#done[worker] ?? 0) + rows));
  }

  async #work(client: WorkerClient, worker: number): Promise<void> {
    const status = this.progress[worker] ?? { worker, rows: 0, days: null };
    // The first chunk is requested before `ready` arrives. A failure rejects both promises, so both are awaited.
    const ready = client.ask(this.options.preparation).then(this.options.onReady);
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

/** The first message to a generator process. */
export function prepareRequest(
  workspace: Workspace,
  runId: string,
  recipe: Recipe,
  sqlFolder: string,
): PoolOptions['preparation'] {
  const agreedLinks = Object.fromEntries(workspace.agreedLinks);
  return { type: 'prepare', runId, recipe, folder: workspace.folder, agreedLinks, sqlFolder };
}
