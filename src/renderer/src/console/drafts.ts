import type { MainClient } from '../client/connection';
import type { ConsoleTab } from './console-tab';

/**
 * Keeps the text of tabs as it is written: each change is on its way at once, so that a crash loses next to nothing. Of
 * one tab only one text is under way at a time; what was written meanwhile follows as one, or goes when the page goes.
 */
export class Drafts {
  readonly #changed = new Set<ConsoleTab>();
  readonly #saving = new Set<ConsoleTab>();

  constructor(private readonly main: () => MainClient | null) {
    // The last that the page can do: main waits for it before it quits.
    window.addEventListener('pagehide', () => this.#sendAll());
  }

  keep(tab: ConsoleTab): void {
    this.#changed.add(tab);
    if (!this.#saving.has(tab)) void this.#save(tab);
  }

  /** Forgets what has not been sent: the tabs of another workspace come. */
  clear(): void {
    this.#changed.clear();
  }

  async #save(tab: ConsoleTab): Promise<void> {
    this.#saving.add(tab);
    while (this.#changed.delete(tab)) await this.#send(tab);
    this.#saving.delete(tab);
  }

  #sendAll(): void {
    for (const tab of this.#changed) void this.#send(tab);
    this.#changed.clear();
  }

  async #send({ id, text }: ConsoleTab): Promise<void> {
    await this.main()
      ?.console.saveText({ id, text })
      .catch(() => undefined);
  }
}
