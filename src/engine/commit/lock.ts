import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { readJson } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { checkPlaces } from './places';
import { identityOf, isAlive, processIdentitySchema } from '../fs/process-identity';

/** A lock of ours has some 200 bytes. */
const maxLockBytes = 4_096;
const maxProgramLength = 60;

const ownerSchema = z.object({
  /** Tells this lock from any other, before and after. */
  token: z.string(),
  /** What the message calls the holder. */
  program: z.string().transform((program) => printable(program).slice(0, maxProgramLength)),
  process: processIdentitySchema,
});

type Owner = z.infer<typeof ownerSchema>;

/** What is at a lock's path: a file that can't be read as one is *torn*, and what is no small file a *stranger*. */
type Holder = Owner | 'gone' | 'torn' | 'stranger';

const retryMs = 20;
/** A file that is no lock is being written just now, or its writer was killed at that moment, or the power went. */
const tornAttempts = 50;
/** Taking over takes milliseconds. A takeover that is held for longer was left by a program that can't be asked. */
const takeoverPatienceMs = 5_000;

/** Held for as long as a run writes to a workspace. */
export interface WorkspaceLock {
  release(): Promise<void>;
}

/** Where the lock is while it is held. */
export function lockFile({ stagingFolder }: Workspace): string {
  return path.join(path.dirname(stagingFolder), 'generate.lock');
}

/**
 * Takes the workspace for one run, once it is clear that its folders may be written. Locks of processes that are gone are
 * taken over.
 * @param program how the holder is called in the message that others get, e.g. `the window`
 * @param tell told where something was set aside that was in the way
 * @throws AppError WORKSPACE_BUSY, naming who holds it; LINK_NOT_ALLOWED, WORKSPACE_INVALID before anything is written
 */
export async function lockWorkspace(
  workspace: Workspace,
  program: string,
  tell: (notice: string) => void = () => undefined,
): Promise<WorkspaceLock> {
  const files = new WorkspaceFiles(workspace);
  await checkPlaces(files, workspace);
  const file = lockFile(workspace);
  await files.makeFolder(path.dirname(file));
  const owner: Owner = { token: randomUUID(), program, process: await identityOf(process.pid) };
  const holder = await new Locking(files, owner, tell).acquire(file);
  if (holder) throw busy(holder, file);
  return { release: () => files.remove(file) };
}

/**
 * For those who read what a run writes, and do not write themselves.
 * @throws AppError WORKSPACE_BUSY while a run or a change to a day holds the workspace, naming who holds it
 */
export async function checkUnlocked(workspace: Workspace): Promise<void> {
  const file = lockFile(workspace);
  const files = new WorkspaceFiles(workspace);
  // Nor is there a folder for it where nothing has been generated yet.
  if (!(await files.find(file))) return;
  const holder = await readOwner(files, file);
  if (typeof holder === 'object' && (await isAlive(holder.process))) throw busy(holder, file);
}

/** One attempt to get a lock in an owner's name. */
class Locking {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly owner: Owner,
    private readonly tell: (notice: string) => void,
  ) {}

  /**
   * Creates `file`; returns the holder where it is held by a process that lives.
   *
   * Two processes may find the same dead lock at once: if each just removed it, the second would remove the first one's
   * new lock. So a dead lock is removed only under a lock of its own, after another look at it.
   * @throws AppError WORKSPACE_BUSY where that other lock does not become free
   */
  async acquire(file: string): Promise<Owner | null> {
    const until = performance.now() + takeoverPatienceMs;
    for (let attempt = 0; ; attempt += 1) {
      if (await this.files.createAtOnce(file, `${JSON.stringify(this.owner)}\n`)) return null;
      const holder = await readOwner(this.files, file);
      if (holder === 'gone') continue;
      if (holder === 'torn' && attempt < tornAttempts) await sleep(retryMs);
      else if (typeof holder === 'object' && (await isAlive(holder.process))) return holder;
      else await this.#removeDead(file, holder, until);
    }
  }

  async #removeDead(file: string, dead: Holder, until: number): Promise<void> {
    const takeover = `${file}.takeover`;
    const rival = await this.acquire(takeover);
    if (rival) {
      if (performance.now() >= until) throw busy(rival, takeover);
      // Someone else is at it, for a few milliseconds.
      await sleep(retryMs);
      return;
    }
    try {
      const now = await readOwner(this.files, file);
      const same = typeof dead === 'object' && typeof now === 'object' ? now.token === dead.token : now === dead;
      if (!same) return;
      if (now === 'stranger') await this.#setAside(file);
      else await this.files.remove(file);
    } finally {
      await this.files.remove(takeover);
    }
  }

  async #setAside(file: string): Promise<void> {
    const name = await this.files.setAside(file);
    if (name)
      this.tell(`data/${path.basename(file)} wasn't a lock file of Micro Warehouse and was renamed to data/${name}.`);
  }
}

async function readOwner(files: WorkspaceFiles, file: string): Promise<Holder> {
  const read = await readJson(files, file, maxLockBytes, ownerSchema);
  if (read.status === 'read') return read.value;
  if (read.status === 'missing') return 'gone';
  return read.reason === 'damaged' ? 'torn' : 'stranger';
}

function busy({ program, process: { pid, host } }: Owner, file: string): AppError {
  const where = host === os.hostname() ? `process ${pid}` : `process ${pid} on ${printable(host)}`;
  return new AppError('WORKSPACE_BUSY', `Another run is writing to this workspace: ${program} (${where}).`, {
    action: `Wait for it to finish, or cancel it there. If no such program is running, delete ${file}.`,
  });
}

/** Without characters that a terminal takes for more than text. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '');
}
