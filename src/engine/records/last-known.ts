/**
 * The last answer to a question to the database file. While the file is released, it stands in for the file: looking at
 * the Overview must not take back what was let go for another program.
 */
export class LastKnown<T> {
  #answer: { readonly value: T } | null = null;

  /** The last answer there was. */
  get latest(): T | null {
    return this.#answer?.value ?? null;
  }

  /** Asks `load`, unless the file is released and there is an earlier answer. */
  async read(released: boolean, load: () => Promise<T>): Promise<T> {
    if (released && this.#answer) return this.#answer.value;
    const value = await load();
    this.#answer = { value };
    return value;
  }
}
