import { AppError } from '../../../contract/app-error';
import {
  generatorReplySchema,
  type GeneratorReply,
  type GeneratorRequest,
} from '../../../contract/rpc/generator-messages';
import type { WorkerHandle, WorkerExit } from './worker-handle';

interface Waiting {
  readonly resolve: (reply: GeneratorReply) => void;
  readonly reject: (error: unknown) => void;
}

/** Matches a worker's replies, which come in the order of the requests, to them. */
export class WorkerClient {
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  readonly #waiting: Waiting[] = [];
  #failure: AppError | null = null;

  /** @param onWriting called with the rows of the current chunk that are about done, for long chunks */
  constructor(
    private readonly handle: WorkerHandle,
    private readonly onWriting: (rows: number) => void,
  ) {
    handle.onMessage((message) => this.#receive(message));
    this.exited = new Promise((resolve) => {
      handle.onExit((exit) => {
        this.#fail(crashed(exit));
        resolve();
      });
    });
  }

  /**
   * Sends a request; requests may be sent before earlier ones are answered.
   * @throws AppError the worker's error, or WORKER_CRASHED if it ends before it replies
   */
  ask(request: GeneratorRequest): Promise<GeneratorReply> {
    if (this.#failure) return Promise.reject(this.#failure);
    const reply = new Promise<GeneratorReply>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.handle.post(request);
    return reply;
  }

  kill(): void {
    this.handle.kill();
  }

  #receive(message: unknown): void {
    const parsed = generatorReplySchema.safeParse(message);
    if (!parsed.success)
      return this.#fail(new AppError('INTERNAL', 'A generator process sent an invalid message.', report(parsed.error)));
    if (parsed.data.type === 'failed') return this.#fail(AppError.fromReport(parsed.data.error));
    if (parsed.data.type === 'writing') return this.onWriting(parsed.data.rows);
    this.#waiting.shift()?.resolve(parsed.data);
  }

  #fail(error: AppError): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

function report(error: Error): { action: string; cause: string } {
  return { action: 'Please report this.', cause: error.message };
}

function crashed({ reason, stderrTail }: WorkerExit): AppError {
  return new AppError('WORKER_CRASHED', `A generator process stopped unexpectedly (${reason}).`, {
    action: 'This run was discarded. Try again; if it keeps happening, use fewer workers or fewer rows.',
    ...(stderrTail.trim() && { cause: stderrTail.trim() }),
  });
}
