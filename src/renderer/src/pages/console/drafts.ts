import type { MainClient } from '../../client/connection';
import type { ConsoleTab } from './console-tab';

/**
 * Keeps the text of tabs as it is written: each change is on its way at once, so that a crash or a quit loses no key.
 * Of one tab only one text is under way at a time; what was written meanwhile follows as one.
 */
export class Drafts {
  readonly #changed = new Set<ConsoleTab>();
  readonly #saving = new Set<ConsoleTab>();

  constructor(private readonly main: () => MainClient | null) {}

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
    while (this.#changed.delete(tab)) {
      await this.main()
        ?.console.saveText({ id: tab.id, text: tab.text })
        .catch(() => undefined);
    }
    this.#saving.delete(tab);
  }
}
