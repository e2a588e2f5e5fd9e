import type { RefreshStep } from '../../contract/warehouse';

/** The steps of a refresh with their state; notifies a listener of every change. */
export class StepList {
  readonly #steps: RefreshStep[];

  constructor(
    names: readonly string[],
    private readonly onChange: ((steps: RefreshStep[]) => void) | undefined,
  ) {
    this.#steps = names.map((name) => ({ name, status: 'waiting', elapsedMs: null, rows: null }));
    this.#tell();
  }

  /** Runs `work` as the step `name`; a number that it returns is the step's rows. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    this.#update(name, { status: 'running' });
    const outcome = await work().catch((error: unknown) => {
      this.#update(name, { status: 'failed', elapsedMs: performance.now() - started, progress: undefined });
      throw error;
    });
    const rows = typeof outcome === 'number' ? outcome : null;
    this.#update(name, { status: 'done', elapsedMs: performance.now() - started, rows, progress: undefined });
    return outcome;
  }

  /** Tells how far the running step `name` has come. */
  progress(name: string, progress: RefreshStep['progress']): void {
    this.#update(name, { progress });
  }

  /** The current steps. */
  get all(): RefreshStep[] {
    return [...this.#steps];
  }

  #update(name: string, change: Partial<RefreshStep>): void {
    const index = this.#steps.findIndex((step) => step.name === name);
    const step = this.#steps[index];
    if (step) this.#steps[index] = { ...step, ...change };
    this.#tell();
  }

  #tell(): void {
    this.onChange?.(this.all);
  }
}
