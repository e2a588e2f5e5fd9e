import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  consoleTabSchema,
  consoleTabsSchema,
  type ConsoleTabs,
  type ConsoleTabState,
  type HistoryEntry,
  type StoredConsole,
} from '../../contract/console';
import { ConsoleHistory } from './console-history';
import { usableTabs } from './console-tabs-file';
import type { UserFiles } from './user-files';

/** Longer texts are not SQL that a person wrote. */
const mostTextBytes = 64_000_000;

/** Texts without a tab that are opened as tabs if the list of tabs is lost; more can be reopened. */
const mostFoundTabs = 10;

/**
 * The console's data for one workspace in the app's user-data folder: tabs, one text file per tab, and every run. Not
 * in the workspace, because the data is private and must not be shared with it.
 */
export class ConsoleStore {
  readonly #folder: string;
  readonly #history: ConsoleHistory;
  /** Writes run one after the other, so that an older text never replaces a newer one. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: UserFiles,
    workspace: string,
  ) {
    this.#folder = files.ofWorkspace(workspace, 'console');
    this.#history = new ConsoleHistory(files, path.join(this.#folder, 'history.jsonl'));
  }

  /** Tabs and texts as last saved. If the list of tabs is damaged, the texts are found by their files. */
  load(): Promise<StoredConsole> {
    return this.#inTurn(async () => {
      const { tabs, whole } = await this.#loadTabs();
      const found = await this.#textsWithoutTab(tabs);
      const opened = whole ? [] : found.slice(-mostFoundTabs);
      const all = {
        tabs: [...tabs.tabs, ...opened],
        closed: [...found.slice(0, found.length - opened.length), ...tabs.closed],
        activeId: tabs.activeId ?? opened.at(-1)?.id ?? null,
      };
      const texts: Record<string, string> = {};
      for (const { id } of [...all.tabs, ...all.closed]) {
        texts[id] = (await this.files.readText(this.#draftFile(id), mostTextBytes)) ?? '';
      }
      return { ...all, texts };
    });
  }

  /** Saves the list of tabs; texts of tabs that are no longer listed are deleted. */
  saveTabs(tabs: ConsoleTabs): Promise<void> {
    return this.#inTurn(async () => {
      await this.files.replace(this.#tabsFile, JSON.stringify(tabs, null, 2), { onDisk: true });
      const kept = new Set([...tabs.tabs, ...tabs.closed].map(({ id }) => id));
      for (const { id, name } of await this.#drafts()) {
        if (!kept.has(id)) await rm(path.join(this.#draftsFolder, name), { force: true });
      }
    });
  }

  saveText(id: string, text: string): Promise<void> {
    return this.#inTurn(() => this.files.replace(this.#draftFile(id), text, { onDisk: false }));
  }

  /** Resolves once all pending data is on disk. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Adds a run to the history. */
  record(run: Omit<HistoryEntry, 'id'>): Promise<void> {
    return this.#inTurn(() => this.#history.record(run));
  }

  /** Runs whose SQL, or whose error or `cancelled`, holds every word of `search`, newest first. */
  history(search: string, limit: number): Promise<HistoryEntry[]> {
    return this.#inTurn(() => this.#history.find(search, limit));
  }

  get #tabsFile(): string {
    return path.join(this.#folder, 'tabs.json');
  }

  get #draftsFolder(): string {
    return path.join(this.#folder, 'drafts');
  }

  #draftFile(id: string): string {
    return path.join(this.#draftsFolder, `${id}.sql`);
  }

  /** @returns the tabs, and whether the list is intact */
  async #loadTabs(): Promise<{ tabs: ConsoleTabs; whole: boolean }> {
    const none = { tabs: [], closed: [], activeId: null };
    const inFile = await this.files.readJson(this.#tabsFile);
    if (inFile === undefined) return { tabs: none, whole: false };
    const { data } = consoleTabsSchema.safeParse(inFile);
    const usable = usableTabs(inFile);
    if (data && usable && data.tabs.length + data.closed.length === usable.tabs.length + usable.closed.length)
      return { tabs: data, whole: true };
    if (!usable) {
      await this.files.setAside(this.#tabsFile, "it doesn't contain tabs");
      return { tabs: none, whole: false };
    }
    await this.files.keepCopy(this.#tabsFile, "some of its tabs can't be read");
    await this.files.replace(this.#tabsFile, JSON.stringify(usable, null, 2), { onDisk: true }).catch(() => undefined);
    return { tabs: usable, whole: false };
  }

  /** Tabs for texts without one, the most recent at the end: a damaged list must not cost a text. */
  async #textsWithoutTab({ tabs, closed }: ConsoleTabs): Promise<ConsoleTabState[]> {
    const known = new Set([...tabs, ...closed].map(({ id }) => id));
    const found: { readonly id: string; readonly writtenMs: number }[] = [];
    for (const { id, name } of await this.#drafts()) {
      if (known.has(id) || name !== `${id}.sql`) continue;
      const text = await stat(path.join(this.#draftsFolder, name)).catch(() => null);
      if (text && text.size > 0) found.push({ id, writtenMs: text.mtimeMs });
    }
    return found
      .toSorted((a, b) => a.writtenMs - b.writtenMs)
      .map(({ id }) => ({ id, name: null, query: null, parameters: {}, on: 'local' }));
  }

  /** Text files, including unfinished ones; other files are ignored. */
  async #drafts(): Promise<{ readonly id: string; readonly name: string }[]> {
    const entries = await readdir(this.#draftsFolder, { withFileTypes: true }).catch(() => []);
    return entries.flatMap((entry) => {
      const id = /^(.*)\.sql(?:\.new)?$/.exec(entry.name)?.[1];
      return entry.isFile() && consoleTabSchema.shape.id.safeParse(id).success && id !== undefined
        ? [{ id, name: entry.name }]
        : [];
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}
