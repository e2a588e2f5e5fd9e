import type { ErrorReport } from '../../../contract/app-error';
import type {
  ConsoleTabState,
  ConsoleTabs as StoredTabs,
  HistoryEntry,
  StoredConsole,
} from '../../../contract/console';
import type { Connection, MainClient } from '../client/connection';
import { errorReportOf } from '../client/error-report';
import type { QueryState } from '../results/session/query-session';
import { ConsoleTab, untitled, type NewTab, type StatementRun, type TabHost } from './console-tab';
import { Drafts } from './drafts';
import { QueryTabs } from './query-tabs';

const firstText = `-- Ctrl+Enter (Cmd+Enter on a Mac) runs the statement at the cursor.
SELECT event_name, count(*) AS events, count(DISTINCT team_id) AS teams
FROM silver_events
GROUP BY event_name
ORDER BY events DESC;
`;

const keptClosed = 50;

/** The tabs of the console: their order, the selected one, and saving every change. */
export class ConsoleTabs implements TabHost {
  #tabs: readonly ConsoleTab[] = [];
  #closed: readonly ConsoleTab[] = [];
  #active: ConsoleTab | null = null;
  #version = 0;
  #loaded = false;
  #problem: ErrorReport | null = null;
  #endedRuns = 0;
  #again = new Set<ConsoleTab>();
  readonly #drafts: Drafts;
  readonly #listeners = new Set<() => void>();
  readonly #main: () => MainClient | null;
  /** Tabs with saved queries. */
  readonly queries: QueryTabs;
  readonly #newTab: (state: ConsoleTabState, text: string) => ConsoleTab;

  constructor(connection: Connection) {
    this.#main = () => connection.getState().main?.client ?? null;
    const getClient = () => connection.getState().warehouse?.client ?? null;
    const events = {
      changed: () => this.#changed(),
      textChanged: (tab: ConsoleTab) => this.#keepText(tab),
      ended: (run: StatementRun, state: QueryState) => this.#record(run, state),
    };
    this.#newTab = (state, text) => new ConsoleTab(state, text, getClient, events);
    this.#drafts = new Drafts(this.#main);
    this.queries = new QueryTabs(this, this.#main, () => this.#saveTabs());
    this.#runAgainAfterRestart(connection);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with anything that a tab displays. */
  readonly getVersion = (): number => this.#version;

  /** A tab with a running statement, the selected one first. */
  readonly getRunning = (): ConsoleTab | null =>
    (this.#active?.active ? this.#active : this.#tabs.find(({ active }) => active !== null)) ?? null;

  get all(): readonly ConsoleTab[] {
    return this.#tabs;
  }

  get active(): ConsoleTab | null {
    return this.#active;
  }

  get canReopen(): boolean {
    return this.#closed.length > 0;
  }

  /** Number of finished statements: the history changes with it. */
  get endedRuns(): number {
    return this.#endedRuns;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Why the tabs could not be loaded; null if they were. */
  get problem(): ErrorReport | null {
    return this.#problem;
  }

  /** Replaces all tabs by those of the newly opened workspace. If that fails, `problem` has the reason. */
  async load(): Promise<void> {
    for (const tab of this.#tabs) tab.close();
    this.#loaded = false;
    this.#problem = null;
    this.#drafts.clear();
    try {
      this.#take(await this.#main()?.console.load());
    } catch (error) {
      this.#problem = errorReportOf(error);
    }
    this.#changed();
  }

  #take(stored: StoredConsole | undefined): void {
    const toTab = (state: ConsoleTabState) => this.#newTab(state, stored?.texts[state.id] ?? '');
    this.#tabs = stored?.tabs.map(toTab) ?? [];
    this.#closed = stored?.closed.map(toTab) ?? [];
    this.#active = this.#tabs.find(({ id }) => id === stored?.activeId) ?? this.#tabs[0] ?? null;
    this.#loaded = true;
    if (!this.#active) this.add({ text: firstText });
  }

  /** Opens another tab and selects it. */
  add({ text = '', name = null, query = null, parameters = {} }: NewTab = {}): ConsoleTab {
    const numbered = query === null && name === null ? this.#freeName() : name;
    const state = { id: crypto.randomUUID(), name: numbered, query, parameters: { ...parameters } };
    const tab = this.#newTab(state, text);
    this.#tabs = [...this.#tabs, tab];
    this.#active = tab;
    this.#keepText(tab);
    this.#saveTabs();
    return tab;
  }

  show(tab: ConsoleTab): void {
    this.#active = tab;
    if (this.#again.delete(tab)) tab.runAgain();
    this.#saveTabs();
  }

  /** Selects the next or previous tab, wrapping around. */
  step(by: 1 | -1): void {
    const index = this.#active ? this.#tabs.indexOf(this.#active) : 0;
    const tab = this.#tabs.at((index + by) % this.#tabs.length);
    if (tab) this.show(tab);
  }

  /** Closes a tab; {@link reopen} restores its text. */
  close(tab: ConsoleTab): void {
    const index = this.#tabs.indexOf(tab);
    if (index === -1) return;
    tab.close();
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    if (tab.text.trim() !== '') this.#closed = [...this.#closed, tab].slice(-keptClosed);
    if (this.#active === tab) this.#active = this.#tabs[Math.min(index, this.#tabs.length - 1)] ?? null;
    if (!this.#active) this.add();
    this.#saveTabs();
  }

  /** Reopens the tab closed last. */
  reopen(): void {
    const tab = this.#closed.at(-1);
    if (!tab) return;
    this.#closed = this.#closed.slice(0, -1);
    this.#tabs = [...this.#tabs, tab];
    this.show(tab);
  }

  /** Moves a tab. */
  move(tab: ConsoleTab, to: number): void {
    const others = this.#tabs.filter((other) => other !== tab);
    const place = Math.max(0, Math.min(to, others.length));
    this.#tabs = [...others.slice(0, place), tab, ...others.slice(place)];
    this.#saveTabs();
  }

  rename(tab: ConsoleTab, name: string): void {
    tab.update({ name: name.trim() || null });
    this.#saveTabs();
  }

  /** Numbers unnamed tabs: null for the first, then `Query 2` and so on. */
  #freeName(): string | null {
    const taken = new Set(this.#tabs.map(({ title }) => title));
    if (!taken.has(untitled)) return null;
    let number = 2;
    while (taken.has(`${untitled} ${number}`)) number += 1;
    return `${untitled} ${number}`;
  }

  #saveTabs(): void {
    const toSave: StoredTabs = {
      tabs: this.#tabs.map(({ state }) => state),
      closed: this.#closed.map(({ state }) => state),
      activeId: this.#active?.id ?? null,
    };
    this.#main()
      ?.console.saveTabs(toSave)
      .catch(() => undefined);
    this.#changed();
  }

  #keepText(tab: ConsoleTab): void {
    this.#drafts.keep(tab);
    this.#changed();
  }

  #record({ sql, parameters, startedAt }: StatementRun, state: QueryState): void {
    const elapsedMs = elapsedOf(state) ?? Date.now() - Date.parse(startedAt);
    const rows = state.status === 'done' ? (state.outcome.result?.rows ?? state.outcome.changedRows) : null;
    const error = state.status === 'failed' ? state.error.message : null;
    const cancelled = state.status === 'cancelled';
    void this.#keepRun({ sql, parameters: { ...parameters }, startedAt, elapsedMs, rows, error, cancelled });
    // Parameters are saved with the tab too.
    this.#saveTabs();
  }

  async #keepRun(run: Omit<HistoryEntry, 'id'>): Promise<void> {
    // A failure to write the history is not worth an error message.
    await this.#main()
      ?.console.record(run)
      .catch(() => undefined);
    this.#endedRuns += 1;
    this.#changed();
  }

  /** Results were lost with their process: each tab repeats its run when it is selected. */
  #runAgainAfterRestart(connection: Connection): void {
    let seen: number | null = null;
    connection.subscribe(() => {
      const id = connection.getState().warehouse?.id ?? null;
      if (id === null || id === seen) return;
      const restarted = seen !== null;
      seen = id;
      if (!restarted) return;
      this.#again = new Set(this.#tabs.filter((tab) => tab.shown?.session.getState().status === 'done'));
      if (this.#active && this.#again.delete(this.#active)) this.#active.runAgain();
    });
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** The error as shown with the result; null for none. */
function elapsedOf(state: QueryState): number | null {
  if (state.status === 'done') return state.outcome.elapsedMs;
  return state.status === 'cancelled' ? state.elapsedMs : null;
}
