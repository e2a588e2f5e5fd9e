import { watch } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { Engine } from '../../contract/warehouse';
import { isSameFileName } from '../../contract/text/file-name';
import { queryNameSchema, type ExampleQuery, type SavedQuery } from '../../contract/console';
import { hasCode } from '../fs/errno';
import { requireFileName } from '../fs/user-files/file-name';
import { readUserSql } from '../fs/user-files/user-sql';
import { WorkspaceFiles } from '../fs/workspace-files';
import { Observable } from '../observable';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';

/** Editors write a file in several steps; everything within this time is one change. */
const settleMs = 50;

/** More than anybody saves; a larger folder was made to keep the app busy. */
const mostEntries = 10_000;

/** Saved queries: plain `.sql` files in a folder, which other programs may change at any time. */
export class QueryFiles {
  constructor(private readonly workspace: Workspace) {}

  /**
   * By name; empty if there is no folder.
   * @throws AppError LINK_NOT_ALLOWED if it is a link to a place outside the workspace
   */
  async list(): Promise<SavedQuery[]> {
    const listing = await new WorkspaceFiles(this.workspace).listToRead(this.#folder, mostEntries);
    const names = (listing?.entries ?? []).flatMap(({ name, kind }) =>
      kind === 'file' || kind === 'link' ? name : [],
    );
    const queries: SavedQuery[] = [];
    for (const name of names.toSorted((a, b) => a.localeCompare(b))) {
      if (!queryNameSchema.safeParse(name).success) continue;
      // It may have been deleted meanwhile.
      const found = await stat(path.join(this.#folder, name)).catch(() => null);
      if (found?.isFile()) queries.push({ name, modifiedAt: found.mtime.toISOString() });
    }
    return queries;
  }

  /** Yields the list now and after each change, whoever made it. */
  async *follow(signal?: AbortSignal): AsyncGenerator<SavedQuery[], void, void> {
    await this.#makeFolder();
    const folder = await realpath(this.#folder);
    const changes = new Observable(0);
    let timer: NodeJS.Timeout | undefined;
    // Started before the list is read, so that no change in between is missed.
    const watcher = watch(folder, () => {
      clearTimeout(timer);
      timer = setTimeout(() => changes.set(changes.value + 1), settleMs);
    });
    // The folder itself was removed, so there is nothing left to watch.
    watcher.on('error', () => watcher.close());
    const each = changes.follow(signal);
    try {
      while (!(await each.next()).done) yield await this.list();
    } finally {
      clearTimeout(timer);
      watcher.close();
    }
  }

  /** @throws AppError INVALID_OPTIONS if the query doesn't exist */
  async read(name: string): Promise<string> {
    const read = await readUserSql(this.workspace, this.#file(name));
    if (read.status === 'missing') throw noLonger(name);
    if (read.status === 'refused') throw read.problem;
    return read.sql;
  }

  /**
   * Writes a query in one step: another program never sees half of it.
   * @param replaces the text that was read from the file, which is replaced only while it has this text; null for a new
   * file. A file that was deleted meanwhile is created again.
   * @throws AppError INVALID_OPTIONS if the name is taken, or the file has another text
   */
  async save(name: string, sql: string, { replaces }: { replaces: string | null }): Promise<void> {
    const file = this.#file(name);
    const files = new WorkspaceFiles(this.workspace);
    try {
      if (replaces !== null && (await this.#holds(name, replaces))) return await files.replace(file, sql);
      if (replaces === null) requireQueryName(name);
      await this.#requireFree(name, null);
      await files.makeFolder(this.#folder);
      await files.createWhole(file, sql);
    } catch (error) {
      throw hasCode(error, 'EEXIST') ? taken(name) : this.#problem(error);
    }
  }

  /** @throws AppError INVALID_OPTIONS if the new name is taken */
  async rename(from: string, to: string): Promise<void> {
    requireQueryName(to);
    const [source, target] = [this.#file(from), this.#file(to)];
    try {
      await this.#requireFree(to, from);
      if (!(await new WorkspaceFiles(this.workspace).moveToFreeName(source, target))) throw noLonger(from);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw taken(to);
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
    // A link that stays inside the workspace is read, but not written to.
    if ((await files.listToRead(this.#folder, 0)) === null) await files.makeFolder(this.#folder);
  }

  /**
   * Whether the file exists and has this text.
   * @throws AppError INVALID_OPTIONS if it has another text
   */
  async #holds(name: string, text: string): Promise<boolean> {
    const read = await readUserSql(this.workspace, this.#file(name));
    if (read.status === 'missing') return false;
    if (read.status === 'refused') throw read.problem;
    if (read.sql !== text) throw changedOutside(name);
    return true;
  }

  /**
   * Refuses a name that another entry has. Case is ignored, since some systems don't distinguish it.
   * @param own the name of the file that is being renamed
   */
  async #requireFree(name: string, own: string | null): Promise<void> {
    const listing = await new WorkspaceFiles(this.workspace).listToRead(this.#folder, mostEntries);
    const other = listing?.entries.find((entry) => entry.name !== own && isSameFileName(entry.name, name));
    if (other) throw taken(other.name);
  }

  #file(name: string): string {
    const { success, error } = queryNameSchema.safeParse(name);
    if (!success)
      throw invalid(
        error.issues[0]?.message ?? `${name} can't be used as the name of a query.`,
        'Choose another name.',
      );
    return path.join(this.#folder, name);
  }

  #problem(error: unknown): unknown {
    return systemError(error, this.#folder) ?? error;
  }
}

/**
 * Queries that ship with the app; the first lines of each file are comments with title and group. Those for the cluster
 * are in the folder `trino`.
 */
export async function loadExamples(folder: string): Promise<ExampleQuery[]> {
  const onCluster = await examplesIn(path.join(folder, 'trino'), 'cluster');
  return [...(await examplesIn(folder, 'local')), ...onCluster];
}

async function examplesIn(folder: string, on: Engine): Promise<ExampleQuery[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name), 'utf8');
      return { name, title: headerOf(sql, 'title') ?? name, group: headerOf(sql, 'group') ?? 'Examples', sql, on };
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
  return invalid(`The query ${name} no longer exists.`, 'It may have been renamed or deleted outside the app.');
}

function changedOutside(name: string): AppError {
  return invalid(
    `queries/${name} was changed outside the app.`,
    'Use the file’s version, or keep yours, and save again.',
  );
}

function taken(name: string): AppError {
  return invalid(`A query named ${name} already exists.`, 'Choose another name.');
}

function invalid(message: string, action: string): AppError {
  return new AppError('INVALID_OPTIONS', message, { action });
}
