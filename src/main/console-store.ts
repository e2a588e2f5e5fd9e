import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  consoleTabsSchema,
  historyEntrySchema,
  maxHistorySql,
  type ConsoleTabs,
  type HistoryEntry,
  type StoredConsole,
} from '../contract/console';

/** Runs that the history keeps; the file is cut back to them when it has grown to twice as many. */
const keptRuns = 5_000;

/**
 * What the console keeps for one workspace in the app's user-data folder: tabs, a file for the text of each, and every
 * run. Not in the workspace, because it is the user's own and holds what was never meant to be shared.
 */
export class ConsoleStore {
  readonly #folder: string;
  #runs: Promise<HistoryEntry[]> | null = null;
  #lines = 0;
  /** One write after the other, so that an old text never overtakes a new one. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(userDataFolder: string, workspace: string) {
    const name = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    this.#folder = path.join(userDataFolder, 'workspaces', name, 'console');
  }

  /** Tabs and texts as they were left; nothing where nothing can be read. */
  async load(): Promise<StoredConsole> {
    await this.#writes;
    const tabs = await readFile(this.#tabsFile, 'utf8').then(
      (text) => consoleTabsSchema.parse(JSON.parse(text)),
      (): ConsoleTabs => ({ tabs: [], closed: [], activeId: null }),
    );
    const texts: Record<string, string> = {};
    for (const { id } of [...tabs.tabs, ...tabs.closed]) {
      texts[id] = await readFile(this.#draftFile(id), 'utf8').catch(() => '');
    }
    return { ...tabs, texts };
  }

  /** Keeps which tabs there are; texts of tabs that are no longer among them go. */
  saveTabs(tabs: ConsoleTabs): Promise<void> {
    return this.#write(async () => {
      await replaceFile(this.#tabsFile, JSON.stringify(tabs, null, 2));
      const kept = new Set([...tabs.tabs, ...tabs.closed].map(({ id }) => `${id}.sql`));
      const drafts = await readdir(path.join(this.#folder, 'drafts')).catch(() => []);
      for (const name of drafts)
        if (!kept.has(name)) await rm(path.join(this.#folder, 'drafts', name), { force: true });
    });
  }

  saveText(id: string, text: string): Promise<void> {
    return this.#write(() => replaceFile(this.#draftFile(id), text));
  }

  /** Resolves once all that was to be kept is on the disk. */
  async settled(): Promise<void> {
    await this.#writes;
  }

  /** Adds a run to the history, in one line of a file that only grows: a crash loses nothing. */
  record(run: Omit<HistoryEntry, 'id'>): Promise<void> {
    return this.#write(async () => {
      const runs = await this.#loadedRuns();
      const entry = { ...run, sql: run.sql.slice(0, maxHistorySql), id: randomUUID() };
      runs.unshift(entry);
      runs.length = Math.min(runs.length, keptRuns);
      this.#lines += 1;
      if (this.#lines > 2 * keptRuns) {
        await replaceFile(this.#historyFile, runs.map(toLine).toReversed().join(''));
        this.#lines = runs.length;
      } else {
        await mkdir(this.#folder, { recursive: true });
        await appendFile(this.#historyFile, toLine(entry));
      }
    });
  }

  /** Runs whose SQL, or whose error or `cancelled`, holds every word of `search`, newest first. */
  async history(search: string, limit: number): Promise<HistoryEntry[]> {
    await this.#writes;
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found: HistoryEntry[] = [];
    for (const run of await this.#loadedRuns()) {
      const ending = run.error ?? (run.cancelled ? 'cancelled' : '');
      const text = `${run.sql}\n${ending}`.toLowerCase();
      if (words.every((word) => text.includes(word)) && found.push(run) === limit) break;
    }
    return found;
  }

  get #tabsFile(): string {
    return path.join(this.#folder, 'tabs.json');
  }

  get #historyFile(): string {
    return path.join(this.#folder, 'history.jsonl');
  }

  #draftFile(id: string): string {
    return path.join(this.#folder, 'drafts', `${id}.sql`);
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#writes.then(work);
    this.#writes = done.catch(() => undefined);
    return done;
  }

  #loadedRuns(): Promise<HistoryEntry[]> {
    this.#runs ??= readFile(this.#historyFile, 'utf8').then(
      (text) => {
        const lines = text.split('\n').filter(Boolean);
        this.#lines = lines.length;
        return lines.flatMap(fromLine).toReversed().slice(0, keptRuns);
      },
      () => [],
    );
    return this.#runs;
  }
}

function toLine(run: HistoryEntry): string {
  return `${JSON.stringify(run)}\n`;
}

/** A line that a crash cut short is left out. */
function fromLine(line: string): HistoryEntry[] {
  try {
    return [historyEntrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

/** Written aside and renamed, so that a crash leaves the old or the new. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
