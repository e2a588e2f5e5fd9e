import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../contract/app-error';
import { printable } from '../../../contract/text/printable';
import type { RunLogEntry } from '../../../contract/generation';
import { publishedRunFile, readPublishedRun, readPublishedRunIds } from '../../commit/published-runs';
import { flushFolder } from '../../commit/flush';
import { fileConcurrency } from '../../fs/concurrently';
import { hasCode } from '../../fs/errno';
import { makeFolder } from '../../fs/folder';
import { isBelow } from '../../fs/path-checks';
import { sweepUnfinished } from '../../fs/sweep-unfinished';
import { systemError } from '../../fs/system-error';
import { WorkspaceFiles } from '../../fs/workspace-files';
import { workspaceAt, type Workspace } from '../../workspace';
import { confirmSameRun, conflict } from './conflict';
import type { Added, FileToPublish, Location } from './location';

/**
 * A folder that several machines share. It may hold anything, such as links put there by others, so it is written by
 * the same checks as a workspace: nothing is written outside of it.
 */
export class FolderLocation implements Location {
  readonly name: string;
  readonly concurrency = fileConcurrency;
  readonly #place: Workspace;
  readonly #files: WorkspaceFiles;
  /** Folders without leftovers of killed programs. */
  readonly #swept = new Map<string, Promise<void>>();

  constructor(folder: string) {
    this.#place = workspaceAt(folder);
    this.#files = new WorkspaceFiles(this.#place);
    this.name = this.#place.folder;
  }

  async open(toWrite: boolean): Promise<void> {
    // A share that isn't mounted must not become a folder on this machine's disk.
    await requireFolder(toWrite ? path.dirname(this.name) : this.name);
    if (toWrite) await makeFolder(this.name);
    await readdir(this.name);
  }

  async runIds(): Promise<ReadonlySet<string>> {
    return new Set(await readPublishedRunIds(this.#files, this.#place));
  }

  run(runId: string): Promise<RunLogEntry | null> {
    return readPublishedRun(this.#files, this.#absolute(publishedRunFile(runId)), runId);
  }

  async addFile({ name, content }: FileToPublish, signal: AbortSignal): Promise<Added> {
    const file = this.#absolute(name);
    await this.#prepare(path.dirname(file));
    if (await this.#isPresent(name, content)) return 'present';
    try {
      await this.#files.copyIn(content, file, signal);
      return 'added';
    } catch (error) {
      // Another program has published the same run meanwhile.
      if (hasCode(error, 'EEXIST') && (await this.#isPresent(name, content))) return 'present';
      throw error;
    }
  }

  async addRun(run: RunLogEntry): Promise<Added> {
    const name = publishedRunFile(run.runId);
    const file = this.#absolute(name);
    await this.#prepare(path.dirname(file));
    if (await this.#files.find(file)) {
      confirmSameRun(run, await this.run(run.runId), name, this.name);
      return 'present';
    }
    // The run must not reach the disk before its files.
    await flushFolder(this.name);
    await this.#files.replace(file, `${JSON.stringify(run)}\n`);
    return 'added';
  }

  explain(error: unknown): unknown {
    const told = systemError(error, this.name) ?? error;
    if (!(told instanceof AppError)) return told;
    const action = actions[told.code];
    return action === undefined ? told : new AppError(told.code, told.message, { ...told.details, action });
  }

  close(): void {
    // No connection to end.
  }

  async #isPresent(name: string, content: FileToPublish['content']): Promise<boolean> {
    const file = this.#absolute(name);
    const found = await this.#files.find(file);
    if (!found) return false;
    const there = found.kind === 'file' ? await this.#files.openOwn(file) : null;
    if (!there) throw conflict(name, this.name, "something that isn't a regular file");
    try {
      if (there.bytes === content.bytes && (await there.sha256()) === (await content.sha256())) return true;
      throw conflict(name, this.name);
    } finally {
      await there.close();
    }
  }

  /** Creates a folder and removes what killed programs of ours left in it, once. */
  #prepare(folder: string): Promise<void> {
    const known = this.#swept.get(folder);
    if (known) return known;
    const prepared = this.#files.makeFolder(folder).then(() => sweepUnfinished(this.#place, folder));
    this.#swept.set(folder, prepared);
    return prepared;
  }

  #absolute(name: string): string {
    return path.join(this.name, name);
  }
}

async function requireFolder(folder: string): Promise<void> {
  await stat(folder).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    throw new AppError('LOCATION_INVALID', `The folder ${printable(folder)} doesn't exist.`, {
      action: 'Correct the location, or connect the disk or share that holds it, then try again.',
    });
  });
}

/** What to do at a location; the actions of the same errors in a workspace don't fit. */
const actions: Partial<Record<AppError['code'], string>> = {
  DISK_FULL: 'Free up space there, then publish again: it continues where it stopped.',
  WORKSPACE_READ_ONLY: 'Give yourself permission to read and write there, then publish again.',
  LINK_NOT_ALLOWED: 'Nothing was written through it. Publish to the real folder instead, or replace the link with one.',
  WORKSPACE_INVALID: 'Correct it there, or publish to another location.',
  TOO_MANY_FILES: 'Close other programs or raise the limit for open files (ulimit -n), then publish again.',
};

/**
 * Refuses to publish a workspace into itself.
 * @param realLocation real path of the location
 * @param realWorkspace real path of the workspace
 * @throws AppError LOCATION_INVALID
 */
export function refuseOwnFolder(realLocation: string, realWorkspace: string): void {
  if (!isBelow(realLocation, realWorkspace)) return;
  throw new AppError('LOCATION_INVALID', `${printable(realLocation)} is in the workspace that would be published.`, {
    action: 'Choose a folder outside of the workspace.',
  });
}
