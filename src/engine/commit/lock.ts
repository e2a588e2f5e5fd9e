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

/** A lock file has about 200 bytes. */
const maxLockBytes = 4_096;
const maxProgramLength = 60;

const ownerSchema = z.object({
  /** Unique to this lock. */
  token: z.string(),
  /** The holder's name in messages. */
  program: z.string().transform((program) => printable(program).slice(0, maxProgramLength)),
  process: processIdentitySchema,
});

type Owner = z.infer<typeof ownerSchema>;

/** The holder of a lock. *torn*: a file that can't be read as a lock; *stranger*: not a small regular file. */
type Holder = Owner | 'gone' | 'torn' | 'stranger';

const retryMs = 20;
/** A torn lock is being written right now, or its writer was killed or the power failed while it was written. */
const tornAttempts = 50;
/** Taking over takes milliseconds. One that lasts longer was left by a killed program on another machine. */
const takeoverPatienceMs = 5_000;

/** Held while a run writes to a workspace. */
export interface WorkspaceLock {
  release(): Promise<void>;
}

/** The path of the lock. */
export function lockFile({ stagingFolder }: Workspace): string {
  return path.join(path.dirname(stagingFolder), 'generate.lock');
}

/**
 * Locks the workspace for one run, after checking that its folders can be written. Locks of dead processes are taken
 * over.
 * @param program the holder's name in messages to others, such as `the window`
 * @param tell called if something had to be set aside to create the lock
 * @throws AppError WORKSPACE_BUSY with the holder; LINK_NOT_ALLOWED, WORKSPACE_INVALID before anything is written
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
 * For jobs that read files of runs without writing themselves.
 * @throws AppError WORKSPACE_BUSY with the holder while a run or a change to a day holds the lock
 */
export async function checkUnlocked(workspace: Workspace): Promise<void> {
  const file = lockFile(workspace);
  const files = new WorkspaceFiles(workspace);
  // Without generated events there is no folder for it either.
  if (!(await files.find(file))) return;
  const holder = await readOwner(files, file);
  if (typeof holder === 'object' && (await isAlive(holder.process))) throw busy(holder, file);
}

/** One attempt to get a lock for an owner. */
class Locking {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly owner: Owner,
    private readonly tell: (notice: string) => void,
  ) {}

  /**
   * Creates `file`; returns the holder if a live process holds it.
   *
   * Two processes may find the same dead lock at once. If each just removed it, the second would remove the first one's
   * new lock. So a dead lock is removed only under a second lock, after it was read again.
   * @throws AppError WORKSPACE_BUSY if that second lock stays held
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
      // Another process is taking over, for a few milliseconds.
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

/** Without characters that a terminal would interpret. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '');
}
