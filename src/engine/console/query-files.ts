import { watch } from 'node:fs';
import { readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { queryNameSchema, type ExampleQuery, type SavedQuery } from '../../contract/console';
import { requireFileName } from '../file-name';
import { makeFolder } from '../folder';
import { decodeText } from '../fs/decode-text';
import { Observable } from '../observable';
import { systemError } from '../system-error';

/** Editors write a file in several steps; what they do within this time is one change. */
const settleMs = 50;

/** Saved queries: plain `.sql` files in a folder, which other programs may change at any time. */
export class QueryFiles {
  constructor(private readonly folder: string) {}

  /** By name; none where there is no folder. */
  async list(): Promise<SavedQuery[]> {
    const names = await readdir(this.folder).catch(() => []);
    const queries: SavedQuery[] = [];
    for (const name of names.toSorted((a, b) => a.localeCompare(b))) {
      if (!queryNameSchema.safeParse(name).success) continue;
      // It may be gone by now.
      const found = await stat(path.join(this.folder, name)).catch(() => null);
      if (found?.isFile()) queries.push({ name, modifiedAt: found.mtime.toISOString() });
    }
    return queries;
  }

  /** The list now, then again after each change, whoever made it. */
  async *follow(signal?: AbortSignal): AsyncGenerator<SavedQuery[], void, void> {
    await this.#makeFolder();
    const changes = new Observable(0);
    let timer: NodeJS.Timeout | undefined;
    // Before the list is read, lest a change between the two goes unnoticed.
    const watcher = watch(this.folder, () => {
      clearTimeout(timer);
      timer = setTimeout(() => changes.set(changes.value + 1), settleMs);
    });
    // The folder itself was removed: there is nothing left to notice.
    watcher.on('error', () => watcher.close());
    const each = changes.follow(signal);
    try {
      while (!(await each.next()).done) yield await this.list();
    } finally {
      clearTimeout(timer);
      watcher.close();
    }
  }

  /** @throws AppError INVALID_OPTIONS where there is no such query */
  async read(name: string): Promise<string> {
    try {
      return decodeText(await readFile(this.#file(name)));
    } catch (error) {
      throw this.#problem(error, name);
    }
  }

  /**
   * Written aside and renamed: another program never sees half of it.
   * @throws AppError INVALID_OPTIONS where the name is taken, unless what is there may be replaced
   */
  async save(name: string, sql: string, { replace }: { replace: boolean }): Promise<void> {
    if (!replace) requireQueryName(name);
    const file = this.#file(name);
    if (!replace && (await exists(file))) throw taken(name);
    try {
      await this.#makeFolder();
      await writeFile(`${file}.new`, sql);
      await rename(`${file}.new`, file);
    } catch (error) {
      throw this.#problem(error, name);
    }
  }

  /** @throws AppError INVALID_OPTIONS where the new name is taken */
  async rename(from: string, to: string): Promise<void> {
    requireQueryName(to);
    if (from.toLowerCase() !== to.toLowerCase() && (await exists(this.#file(to)))) throw taken(to);
    try {
      await rename(this.#file(from), this.#file(to));
    } catch (error) {
      throw this.#problem(error, from);
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#file(name), { force: true });
  }

  async #makeFolder(): Promise<void> {
    await makeFolder(this.folder);
  }

  #file(name: string): string {
    const { success, error } = queryNameSchema.safeParse(name);
    if (!success) throw invalid(error.issues[0]?.message ?? `${name} can't be the name of a query.`, 'Choose another.');
    return path.join(this.folder, name);
  }

  #problem(error: unknown, name: string): unknown {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return invalid(`There is no query ${name} any more.`, 'It may have been renamed or deleted outside the app.');
    }
    return systemError(error, this.folder) ?? error;
  }
}

/** Queries that ship with the app: files whose first lines are comments with title and group. */
export async function loadExamples(folder: string): Promise<ExampleQuery[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name), 'utf8');
      return { name, title: headerOf(sql, 'title') ?? name, group: headerOf(sql, 'group') ?? 'Examples', sql };
    }),
  );
}

function headerOf(sql: string, key: string): string | undefined {
  return new RegExp(`^-- ${key}: (.+)$`, 'm').exec(sql)?.[1]?.trim();
}

function requireQueryName(name: string): void {
  requireFileName(name.replace(/\.sql$/, ''), '.sql');
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function taken(name: string): AppError {
  return invalid(`There is a query ${name} already.`, 'Choose another name.');
}

function invalid(message: string, action: string): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}
