import { watch } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { queryNameSchema, type ExampleQuery, type SavedQuery } from '../../contract/console';
import { hasCode } from '../error-code';
import { requireFileName } from '../file-name';
import { readUserSql } from '../fs/user-sql';
import { WorkspaceFiles } from '../fs/workspace-files';
import { Observable } from '../observable';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';

/** Editors write a file in several steps; what they do within this time is one change. */
const settleMs = 50;

/** More than anybody saves; a folder of more was made to keep the app busy. */
const mostEntries = 10_000;

/** Saved queries: plain `.sql` files in a folder, which other programs may change at any time. */
export class QueryFiles {
  constructor(private readonly workspace: Workspace) {}

  /** By name; none where there is no folder. @throws AppError LINK_NOT_ALLOWED where it leads out of the workspace */
  async list(): Promise<SavedQuery[]> {
    const listing = await new WorkspaceFiles(this.workspace).listToRead(this.#folder, mostEntries);
    const names = (listing?.entries ?? []).flatMap(({ name, kind }) =>
      kind === 'file' || kind === 'link' ? name : [],
    );
    const queries: SavedQuery[] = [];
    for (const name of names.toSorted((a, b) => a.localeCompare(b))) {
      if (!queryNameSchema.safeParse(name).success) continue;
      // It may be gone by now.
      const found = await stat(path.join(this.#folder, name)).catch(() => null);
      if (found?.isFile()) queries.push({ name, modifiedAt: found.mtime.toISOString() });
    }
    return queries;
  }

  /** The list now, then again after each change, whoever made it. */
  async *follow(signal?: AbortSignal): AsyncGenerator<SavedQuery[], void, void> {
    await this.#makeFolder();
    const folder = await realpath(this.#folder);
    const changes = new Observable(0);
    let timer: NodeJS.Timeout | undefined;
    // Before the list is read, lest a change between the two goes unnoticed.
    const watcher = watch(folder, () => {
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
    const read = await readUserSql(this.workspace, this.#file(name));
    if (read.status === 'missing') throw noLonger(name);
    if (read.status === 'refused') throw read.problem;
    return read.sql;
  }

  /**
   * Written aside and renamed: another program never sees half of it.
   * @throws AppError INVALID_OPTIONS where the name is taken, unless what is there may be replaced
   */
  async save(name: string, sql: string, { replace }: { replace: boolean }): Promise<void> {
    if (!replace) requireQueryName(name);
    const file = this.#file(name);
    const files = new WorkspaceFiles(this.workspace);
    try {
      if (!replace && (await files.find(file))) throw taken(name);
      await files.makeFolder(this.#folder);
      await files.replace(file, sql);
    } catch (error) {
      throw this.#problem(error);
    }
  }

  /** @throws AppError INVALID_OPTIONS where the new name is taken */
  async rename(from: string, to: string): Promise<void> {
    requireQueryName(to);
    const files = new WorkspaceFiles(this.workspace);
    try {
      if (from.toLowerCase() !== to.toLowerCase() && (await files.find(this.#file(to)))) throw taken(to);
      if (!(await files.move(this.#file(from), this.#file(to)))) throw noLonger(from);
    } catch (error) {
      throw hasCode(error, 'ENOENT') ? noLonger(from) : this.#problem(error);
    }
  }

  async remove(name: string): Promise<void> {
    await new WorkspaceFiles(this.workspace).remove(this.#file(name)).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw this.#problem(error);
    });
  }

  get #folder(): string {
    return this.workspace.queriesFolder;
  }

  async #makeFolder(): Promise<void> {
    const files = new WorkspaceFiles(this.workspace);
    // A link that stays in the workspace is read, not written to.
    if ((await files.listToRead(this.#folder, 0)) === null) await files.makeFolder(this.#folder);
  }

  #file(name: string): string {
    const { success, error } = queryNameSchema.safeParse(name);
    if (!success) throw invalid(error.issues[0]?.message ?? `${name} can't be the name of a query.`, 'Choose another.');
    return path.join(this.#folder, name);
  }

  #problem(error: unknown): unknown {
    return systemError(error, this.#folder) ?? error;
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

function noLonger(name: string): AppError {
  return invalid(`There is no query ${name} any more.`, 'It may have been renamed or deleted outside the app.');
}

function taken(name: string): AppError {
  return invalid(`There is a query ${name} already.`, 'Choose another name.');
}

function invalid(message: string, action: string): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}
