import type { ErrorReport } from '../../../contract/app-error';
import type {
  ConsoleTabState,
  ConsoleTabs as StoredTabs,
  HistoryEntry,
  StoredConsole,
} from '../../../contract/console';
import type { Engine } from '../../../contract/warehouse';
import type { Connection, MainClient } from '../client/connection';
import { errorReportOf } from '../client/error-report';
import { Store } from '../client/store';
import type { QueryState } from '../results/session/query-session';
import { ConsoleTab, type NewTab, type TabHost } from './console-tab';
import { Drafts } from './drafts';
import { QueryTabs } from './query-tabs';
import { untitled, type StatementRun } from './tab-snapshot';

const firstText = `-- Ctrl+Enter (Cmd+Enter on a Mac) runs the statement at the cursor.
SELECT event_name, count(*) AS events, count(DISTINCT team_id) AS teams
FROM silver_events
GROUP BY event_name
ORDER BY events DESC;
`;

const keptClosed = 50;

/** The tabs as a whole; each tab has a snapshot of its own. */
export interface TabsSnapshot {
  /** In their order. */
  readonly all: readonly ConsoleTab[];
  /** From the first to the last closed. */
  readonly closed: readonly ConsoleTab[];
  /** The selected one. */
  readonly active: ConsoleTab | null;
  /** A tab with a running statement, the selected one first. */
  readonly running: ConsoleTab | null;
  readonly loaded: boolean;
  /** Why the tabs could not be loaded; null if they were. */
  readonly problem: ErrorReport | null;
  /** Number of finished statements: the history changes with it. */
  readonly endedRuns: number;
  /** Number of those that were allowed to change tables and files. */
  readonly changingRuns: number;
}

const noTabs: TabsSnapshot = {
  all: [],
  closed: [],
  active: null,
  running: null,
  loaded: false,
  problem: null,
  endedRuns: 0,
  changingRuns: 0,
};

/** The tabs of the console: their order, the selected one, and saving every change. */
export class ConsoleTabs extends Store<TabsSnapshot> implements TabHost {
  #again = new Set<ConsoleTab>();
  /** The tab with the example, until it has run. */
  #first: ConsoleTab | null = null;
  /** Of the tabs that are loaded: another one once those of another workspace are. */
  #workspace = Symbol('workspace');
  readonly #drafts: Drafts;
  readonly #main: () => MainClient | null;
  /** Tabs with saved queries. */
  readonly queries: QueryTabs;
  readonly #newTab: (state: ConsoleTabState, text: string) => ConsoleTab;

  constructor(connection: Connection) {
    super(noTabs);
    this.#main = () => connection.getSnapshot().main?.client ?? null;
    const getClient = () => connection.getSnapshot().warehouse?.client ?? null;
    this.#newTab = (state, text) => {
      const workspace = this.#workspace;
      return new ConsoleTab(state, text, getClient, {
        changed: () => this.#followRunning(),
        textChanged: (tab) => this.#drafts.keep(tab),
        ended: (run, outcome) => {
          // Main would keep it with the workspace that is open now.
          if (workspace === this.#workspace) this.#record(run, outcome);
        },
      });
    };
    this.#drafts = new Drafts(this.#main);
    this.queries = new QueryTabs(this, this.#main, () => this.#saveTabs());
    this.#runAgainAfterRestart(connection);
  }

  /** Replaces all tabs by those of the newly opened workspace. If that fails, `problem` has the reason. */
  async load(): Promise<void> {
    this.#workspace = Symbol('workspace');
    for (const tab of this.getSnapshot().all) tab.close();
    this.#update({ loaded: false, problem: null });
    this.#drafts.clear();
    try {
      const stored = await this.#main()?.console.load();
      this.#take(stored, stored !== undefined && (await this.#isUnused(stored)));
    } catch (error) {
      this.#update({ problem: errorReportOf(error) });
    }
  }

  /** Whether nothing but the example is there, and nothing has been run. */
  async #isUnused({ tabs, closed, texts }: StoredConsole): Promise<boolean> {
    const [tab, ...others] = tabs;
    if (tab === undefined || texts[tab.id] !== firstText || others.length > 0 || closed.length > 0) return false;
    return (await this.#main()?.console.history({ search: '', limit: 1 }))?.length === 0;
  }

  #take(stored: StoredConsole | undefined, unused: boolean): void {
    const toTab = (state: ConsoleTabState) => this.#newTab(state, stored?.texts[state.id] ?? '');
    const all = stored?.tabs.map(toTab) ?? [];
    const active = all.find(({ id }) => id === stored?.activeId) ?? all[0] ?? null;
    this.#update({ all, active, closed: stored?.closed.map(toTab) ?? [], loaded: true });
    const kept = unused ? active : null;
    this.#first = active ? kept : this.add({ text: firstText });
  }

  /**
   * Runs the example of the first use, once, if it is as it was.
   * @param on where its table is; on a cluster it waits for the user, since the query costs others something too
   */
  runFirst(on: Engine): void {
    const first = this.#first;
    this.#first = null;
    if (!first || this.getSnapshot().active !== first) return;
    const { text, runs, on: chosen } = first.getSnapshot();
    if (text !== firstText || runs.length > 0 || chosen !== 'local') return;
    if (on === 'local') first.runAll();
    else this.runOn(first, on);
  }

  /** Opens another tab and selects it. */
  add({ text = '', name = null, query = null, parameters = {}, on = 'local' }: NewTab = {}): ConsoleTab {
    const numbered = query === null && name === null ? this.#freeName() : name;
    const state = { id: crypto.randomUUID(), name: numbered, query, parameters: { ...parameters }, on };
    const tab = this.#newTab(state, text);
    this.#update({ all: [...this.getSnapshot().all, tab], active: tab });
    this.#drafts.keep(tab);
    this.#saveTabs();
    return tab;
  }

  show(tab: ConsoleTab): void {
    this.#update({ active: tab });
    if (this.#again.delete(tab)) tab.runAgain();
    this.#saveTabs();
  }

  /** Selects the next or previous tab, wrapping around. */
  step(by: 1 | -1): void {
    const { all, active } = this.getSnapshot();
    const index = active ? all.indexOf(active) : 0;
    const tab = all.at((index + by) % all.length);
    if (tab) this.show(tab);
  }

  /** Closes a tab; {@link reopen} restores its text. */
  close(tab: ConsoleTab): void {
    const before = this.getSnapshot();
    const index = before.all.indexOf(tab);
    if (index === -1) return;
    tab.close();
    const all = before.all.filter((other) => other !== tab);
    const written = tab.getSnapshot().text.trim() !== '';
    const closed = written ? [...before.closed, tab].slice(-keptClosed) : before.closed;
    const active = before.active === tab ? (all[Math.min(index, all.length - 1)] ?? null) : before.active;
    this.#update({ all, closed, active });
    if (!active) this.add();
    this.#saveTabs();
  }

  /** Reopens the tab closed last. */
  reopen(): void {
    const { all, closed } = this.getSnapshot();
    const tab = closed.at(-1);
    if (!tab) return;
    this.#update({ all: [...all, tab], closed: closed.slice(0, -1) });
    this.show(tab);
  }

  /** Moves a tab. */
  move(tab: ConsoleTab, to: number): void {
    const others = this.getSnapshot().all.filter((other) => other !== tab);
    const place = Math.max(0, Math.min(to, others.length));
    this.#update({ all: [...others.slice(0, place), tab, ...others.slice(place)] });
    this.#saveTabs();
  }

  rename(tab: ConsoleTab, name: string): void {
    tab.update({ name: name.trim() || null });
    this.#saveTabs();
  }

  /** Chooses where the statements of a tab run. */
  runOn(tab: ConsoleTab, on: Engine): void {
    tab.runOn(on);
    this.#saveTabs();
  }

  /** Numbers unnamed tabs: null for the first, then `Query 2` and so on. */
  #freeName(): string | null {
    const taken = new Set(this.getSnapshot().all.map((tab) => tab.getSnapshot().title));
    if (!taken.has(untitled)) return null;
    let number = 2;
    while (taken.has(`${untitled} ${number}`)) number += 1;
    return `${untitled} ${number}`;
  }

  #saveTabs(): void {
    const { all, closed, active } = this.getSnapshot();
    const toSave: StoredTabs = {
      tabs: all.map(({ state }) => state),
      closed: closed.map(({ state }) => state),
      activeId: active?.id ?? null,
    };
    this.#main()
      ?.console.saveTabs(toSave)
      .catch(() => undefined);
    // Titles may have changed, which others show too.
    this.#update({});
  }

  #record({ sql, parameters, startedAt, allowChanges, on }: StatementRun, state: QueryState): void {
    if (allowChanges) this.#update({ changingRuns: this.getSnapshot().changingRuns + 1 });
    const elapsedMs = elapsedOf(state) ?? Date.now() - Date.parse(startedAt);
    const rows = state.status === 'done' ? (state.outcome.result?.rows ?? state.outcome.changedRows) : null;
    const error = state.status === 'failed' ? state.error.message : null;
    const cancelled = state.status === 'cancelled';
    void this.#keepRun({ sql, parameters: { ...parameters }, startedAt, elapsedMs, rows, error, cancelled, on });
    // Parameters are saved with the tab too.
    this.#saveTabs();
  }

  async #keepRun(run: Omit<HistoryEntry, 'id'>): Promise<void> {
    // A failure to write the history is not worth an error message.
    await this.#main()
      ?.console.record(run)
      .catch(() => undefined);
    this.#update({ endedRuns: this.getSnapshot().endedRuns + 1 });
  }

  /** Results were lost with their process: each tab repeats its run when it is selected. */
  #runAgainAfterRestart(connection: Connection): void {
    let seen: number | null = null;
    connection.subscribe(() => {
      const id = connection.getSnapshot().warehouse?.id ?? null;
      if (id === null || id === seen) return;
      const restarted = seen !== null;
      seen = id;
      if (!restarted) return;
      const { all, active } = this.getSnapshot();
      this.#again = new Set(all.filter((tab) => tab.getSnapshot().shown?.session.getSnapshot().status === 'done'));
      if (active && this.#again.delete(active)) active.runAgain();
    });
  }

  #followRunning(): void {
    if (runningIn(this.getSnapshot()) !== this.getSnapshot().running) this.#update({});
  }

  #update(change: Partial<Omit<TabsSnapshot, 'running'>>): void {
    const next = { ...this.getSnapshot(), ...change };
    this.replace({ ...next, running: runningIn(next) });
  }
}

function runningIn({ all, active }: Pick<TabsSnapshot, 'all' | 'active'>): ConsoleTab | null {
  const runs = (tab: ConsoleTab) => tab.getSnapshot().running !== null;
  return active && runs(active) ? active : (all.find(runs) ?? null);
}

/** The error as shown with the result; null for none. */
function elapsedOf(state: QueryState): number | null {
  if (state.status === 'done') return state.outcome.elapsedMs;
  return state.status === 'cancelled' ? state.elapsedMs : null;
}
