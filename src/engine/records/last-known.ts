/**
 * Serves the last answer while the database file is released: opening the Overview must not reopen a file that was
 * released for another program.
 */
export class LastKnown<T> {
  #answer: { readonly value: T } | null = null;

  /** The last answer, if any. */
  get latest(): T | null {
    return this.#answer?.value ?? null;
  }

  /** Calls `load`, unless the file is released and there is an earlier answer. */
  async read(released: boolean, load: () => Promise<T>): Promise<T> {
    if (released && this.#answer) return this.#answer.value;
    const value = await load();
    this.#answer = { value };
    return value;
  }
}
