import type { SavedQuery } from '../../../contract/console';
import type { MainClient } from '../client/connection';
import type { ConsoleTab, TabHost } from './console-tab';

/** The end of the names of queries in Trino SQL, as of models. */
export const trinoEnding = '.trino.sql';

/** Tabs with the text of a file in `queries/`, kept in step with changes of the file. */
export class QueryTabs {
  constructor(
    private readonly tabs: TabHost,
    private readonly main: () => MainClient | null,
    /** Saves the list of tabs, and notifies subscribers. */
    private readonly saveTabs: () => void,
  ) {}

  /** Opens a saved query, in its existing tab if there is one. */
  async open(name: string): Promise<void> {
    const open = this.#showing(name);
    if (open) return this.tabs.show(open);
    const text = await this.main()?.queries.read({ name });
    if (text === undefined) return;
    this.tabs
      .add({ text, query: name, on: name.endsWith(trinoEnding) ? 'cluster' : 'local' })
      .update({ savedText: text });
    this.saveTabs();
  }

  /**
   * Writes the text of a tab to a file; no other query is overwritten. Where its own file was changed outside, nothing is
   * written, and the tab asks which text shall stay.
   */
  async save(tab: ConsoleTab, name: string): Promise<void> {
    const own = name === tab.getSnapshot().query;
    // Not known yet: the tabs have just been loaded.
    if (own && tab.getSnapshot().savedText === null) await this.#followOne(tab, name);
    const { text, savedText } = tab.getSnapshot();
    try {
      await this.main()?.queries.save({ name, sql: text, replaces: own ? savedText : null });
    } catch (error) {
      if (own) await this.#followOne(tab, name);
      if (own && tab.getSnapshot().outsideText !== null) return;
      throw error;
    }
    tab.update({ savedText: text, outsideText: null, query: name, name: null });
    this.saveTabs();
  }

  /** Renames a query, and its tab with it. */
  async rename(from: string, to: string): Promise<void> {
    await this.main()?.queries.rename({ from, to });
    this.#showing(from)?.update({ query: to });
    this.saveTabs();
  }

  /**
   * Deletes a query; its text stays in the tab as a draft.
   * @returns a function that restores the file and links its tab again; it does not overwrite a new query of that name
   */
  async remove(name: string): Promise<() => Promise<void>> {
    const sql = (await this.main()?.queries.read({ name })) ?? '';
    await this.main()?.queries.remove({ name });
    const tab = this.#showing(name);
    tab?.update({ query: null, name: tab.getSnapshot().title });
    this.saveTabs();
    return async () => {
      await this.main()?.queries.save({ name, sql, replaces: null });
      tab?.update({ query: name, name: null });
      this.saveTabs();
    };
  }

  /** Applies changes of the files; if a text was edited here too, its tab reports the conflict. */
  async follow(queries: readonly SavedQuery[]): Promise<void> {
    for (const tab of this.tabs.getSnapshot().all) {
      const { query } = tab.getSnapshot();
      if (query === null || !queries.some(({ name }) => name === query)) continue;
      await this.#followOne(tab, query);
    }
  }

  /** Replaces the edited text with that of the file. */
  takeOutside(tab: ConsoleTab): void {
    const { outsideText } = tab.getSnapshot();
    if (outsideText !== null) this.#take(tab, outsideText);
    this.saveTabs();
  }

  /** Keeps the edited text; saving it replaces the file. */
  keepOwn(tab: ConsoleTab): void {
    tab.update({ savedText: tab.getSnapshot().outsideText, outsideText: null });
    this.saveTabs();
  }

  async #followOne(tab: ConsoleTab, name: string): Promise<void> {
    const text = await this.main()
      ?.queries.read({ name })
      .catch(() => undefined);
    const own = tab.getSnapshot();
    if (text === undefined || text === own.savedText) return;
    if (own.savedText === null || own.text === text) tab.update({ savedText: text });
    else if (own.text === own.savedText) this.#take(tab, text);
    else tab.update({ outsideText: text });
    this.saveTabs();
  }

  #take(tab: ConsoleTab, text: string): void {
    tab.update({ savedText: text, outsideText: null });
    tab.replaceText(text);
  }

  #showing(name: string): ConsoleTab | undefined {
    return this.tabs.getSnapshot().all.find((tab) => tab.getSnapshot().query === name);
  }
}
