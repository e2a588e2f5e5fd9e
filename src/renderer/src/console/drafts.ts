import type { MainClient } from '../client/connection';
import type { ConsoleTab } from './console-tab';

/**
 * Saves the text of tabs as it is typed: each change is sent at once, so that a crash loses next to nothing. Only one
 * request per tab is pending; later changes follow in one, or when the page closes.
 */
export class Drafts {
  readonly #changed = new Set<ConsoleTab>();
  readonly #saving = new Set<ConsoleTab>();

  constructor(private readonly main: () => MainClient | null) {
    // The last chance before the page closes: main waits for it before it quits.
    window.addEventListener('pagehide', () => this.#sendAll());
  }

  keep(tab: ConsoleTab): void {
    this.#changed.add(tab);
    if (!this.#saving.has(tab)) void this.#save(tab);
  }

  /** Drops unsent texts: the tabs of another workspace are loaded. */
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

  async #send(tab: ConsoleTab): Promise<void> {
    const { id, text } = tab.getSnapshot();
    await this.main()
      ?.console.saveText({ id, text })
      .catch(() => undefined);
  }
}
