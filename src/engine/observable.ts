/** A value that can be followed. Slow followers get the latest value, never a queue of old ones. */
export class Observable<T> {
  readonly #waiting = new Set<() => void>();
  #version = 0;

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    this.current = value;
    this.#version += 1;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Yields the current value, then the latest one after each change, until `signal` aborts or the caller stops. */
  async *follow(signal?: AbortSignal): AsyncGenerator<T, void, void> {
    let seen = -1;
    while (!signal?.aborted) {
      if (seen === this.#version) {
        await this.#change(signal);
        continue;
      }
      seen = this.#version;
      yield this.current;
    }
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
