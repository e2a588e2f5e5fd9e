import type { SavedQuery } from '../../../contract/console';
import type { MainClient } from '../client/connection';
import type { ConsoleTab, TabHost } from './console-tab';

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
    this.tabs.add({ text, query: name }).savedText = text;
    this.saveTabs();
  }

  /**
   * Writes the text of a tab to a file; no other query is overwritten. Where its own file was changed outside, nothing is
   * written, and the tab asks which text shall stay.
   */
  async save(tab: ConsoleTab, name: string): Promise<void> {
    const own = name === tab.state.query;
    // Not known yet: the tabs have just been loaded.
    if (own && tab.savedText === null) await this.#followOne(tab, name);
    const { text } = tab;
    try {
      await this.main()?.queries.save({ name, sql: text, replaces: own ? tab.savedText : null });
    } catch (error) {
      if (own) await this.#followOne(tab, name);
      if (own && tab.outsideText !== null) return;
      throw error;
    }
    tab.savedText = text;
    tab.outsideText = null;
    tab.update({ query: name, name: null });
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
    tab?.update({ query: null, name: tab.title });
    this.saveTabs();
    return async () => {
      await this.main()?.queries.save({ name, sql, replaces: null });
      tab?.update({ query: name, name: null });
      this.saveTabs();
    };
  }

  /** Applies changes of the files; if a text was edited here too, its tab reports the conflict. */
  async follow(queries: readonly SavedQuery[]): Promise<void> {
    for (const tab of this.tabs.all) {
      const { query } = tab.state;
      if (query === null || !queries.some(({ name }) => name === query)) continue;
      await this.#followOne(tab, query);
    }
  }

  /** Replaces the edited text with that of the file. */
  takeOutside(tab: ConsoleTab): void {
    if (tab.outsideText !== null) this.#take(tab, tab.outsideText);
    this.saveTabs();
  }

  /** Keeps the edited text; saving it replaces the file. */
  keepOwn(tab: ConsoleTab): void {
    tab.savedText = tab.outsideText;
    tab.outsideText = null;
    this.saveTabs();
  }

  async #followOne(tab: ConsoleTab, name: string): Promise<void> {
    const text = await this.main()
      ?.queries.read({ name })
      .catch(() => undefined);
    if (text === undefined || text === tab.savedText) return;
    if (tab.savedText === null || tab.text === text) tab.savedText = text;
    else if (tab.text === tab.savedText) this.#take(tab, text);
    else tab.outsideText = text;
    this.saveTabs();
  }

  #take(tab: ConsoleTab, text: string): void {
    tab.savedText = text;
    tab.outsideText = null;
    tab.replaceText(text);
  }

  #showing(name: string): ConsoleTab | undefined {
    return this.tabs.all.find(({ state }) => state.query === name);
  }
}
