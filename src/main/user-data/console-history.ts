import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { historyEntrySchema, maxHistorySql, type HistoryEntry } from '../../contract/console';
import type { UserFiles } from './user-files';

/** Number of runs in the history; the file is trimmed to it when it has grown to twice as many. */
const keptRuns = 5_000;
/** The same in bytes, for runs with long SQL. */
const keptBytes = 32_000_000;
/** A larger file was not written by this class. */
const mostBytes = 4 * keptBytes;

/**
 * Every run of the console in one workspace: an append-only file with one JSON document per line. Calls must not
 * overlap.
 */
export class ConsoleHistory {
  #runs: Promise<HistoryEntry[]> | null = null;
  #lines = 0;
  #bytes = 0;
  /** Written before the next line, so that a line cut short by a crash does not damage it. */
  #separator = '';

  constructor(
    private readonly files: UserFiles,
    private readonly file: string,
  ) {}

  /** @throws the system's error */
  async record(run: Omit<HistoryEntry, 'id'>): Promise<void> {
    const runs = await this.#loaded();
    const entry = { ...run, sql: run.sql.slice(0, maxHistorySql), id: randomUUID() };
    runs.unshift(entry);
    runs.length = Math.min(runs.length, keptRuns);
    if (this.#lines >= 2 * keptRuns || this.#bytes >= 2 * keptBytes) return this.#rewrite(runs);
    const line = toLine(entry);
    await this.files.makeFolder(path.dirname(this.file));
    await appendFile(this.file, this.#separator + line);
    this.#separator = '';
    this.#lines += 1;
    this.#bytes += Buffer.byteLength(line);
  }

  /** Runs whose SQL, or whose error or `cancelled`, holds every word of `search`, newest first. */
  async find(search: string, limit: number): Promise<HistoryEntry[]> {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found: HistoryEntry[] = [];
    for (const run of await this.#loaded()) {
      const ending = run.error ?? (run.cancelled ? 'cancelled' : '');
      const text = `${run.sql}\n${ending}`.toLowerCase();
      if (words.every((word) => text.includes(word)) && found.push(run) === limit) break;
    }
    return found;
  }

  #loaded(): Promise<HistoryEntry[]> {
    this.#runs ??= this.#load();
    return this.#runs;
  }

  async #load(): Promise<HistoryEntry[]> {
    const text = (await this.files.readText(this.file, mostBytes)) ?? '';
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    // The text after the last line break: empty, or a line cut short by a crash, which is not worth reporting.
    const last = lines.pop() ?? '';
    const lastRun = fromLine(last);
    const whole = lines.filter(Boolean);
    const runs = [...whole.flatMap(fromLine), ...lastRun].toReversed();
    const damaged = whole.length + lastRun.length - runs.length;
    this.#lines = whole.length + 1;
    this.#bytes = text.length;
    this.#separator = last === '' ? '' : '\n';
    if (damaged > 0) await this.files.keepCopy(this.file, `${damaged} of its ${whole.length} lines can't be read`);
    const isTorn = last !== '' && lastRun.length === 0;
    if (damaged > 0 || isTorn) await this.#rewrite(runs).catch(() => undefined);
    return runs.slice(0, keptRuns);
  }

  /** Rewrites the file with the newest runs that fit. */
  async #rewrite(runs: readonly HistoryEntry[]): Promise<void> {
    const lines: string[] = [];
    let bytes = 0;
    for (const run of runs) {
      const line = toLine(run);
      bytes += Buffer.byteLength(line);
      if (bytes > keptBytes || lines.length === keptRuns) break;
      lines.push(line);
    }
    await this.files.replace(this.file, lines.toReversed().join(''), { onDisk: false });
    this.#lines = lines.length;
    this.#bytes = bytes;
    this.#separator = '';
  }
}

function toLine(run: HistoryEntry): string {
  return `${JSON.stringify(run)}\n`;
}

/** Empty if the line can't be read. */
function fromLine(line: string): HistoryEntry[] {
  try {
    return [historyEntrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
