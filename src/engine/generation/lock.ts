import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Workspace } from '../workspace';
import { hasCode } from '../error-code';
import { WorkspaceFiles } from '../fs/workspace-files';
import { identityOf, isAlive, processIdentitySchema } from './process-identity';

const ownerSchema = z.object({
  /** Tells this lock from any other, before and after. */
  token: z.string(),
  /** What the message calls the holder. */
  program: z.string(),
  process: processIdentitySchema,
});

type Owner = z.infer<typeof ownerSchema>;

const retryMs = 20;
/** A file that is no lock is being written just now, or its writer was killed at that moment, or the power went. */
const tornAttempts = 50;

/** Held for as long as a run writes to a workspace. */
export interface WorkspaceLock {
  release(): Promise<void>;
}

/** Where the lock is while it is held. */
export function lockFile({ stagingFolder }: Workspace): string {
  return path.join(path.dirname(stagingFolder), 'generate.lock');
}

/**
 * Takes the workspace for one run. Locks of processes that are gone are taken over.
 * @param program how the holder is called in the message that others get, e.g. `the window`
 * @throws AppError WORKSPACE_BUSY, naming who holds it
 */
export async function lockWorkspace(workspace: Workspace, program: string): Promise<WorkspaceLock> {
  const file = lockFile(workspace);
  await new WorkspaceFiles(workspace).makeFolder(path.dirname(file));
  const owner: Owner = { token: randomUUID(), program, process: await identityOf(process.pid) };
  const holder = await acquire(file, owner);
  if (holder) throw busy(holder, file);
  return { release: () => rm(file, { force: true }) };
}

/**
 * For those who read what a run writes, and do not write themselves.
 * @throws AppError WORKSPACE_BUSY while a run or a change to a day holds the workspace, naming who holds it
 */
export async function checkUnlocked(workspace: Workspace): Promise<void> {
  const file = lockFile(workspace);
  const holder = await readOwner(file);
  if (typeof holder === 'object' && (await isAlive(holder.process))) throw busy(holder, file);
}

/**
 * Creates `file` in the owner's name; returns the holder where it is held by a process that lives.
 *
 * Two processes may find the same dead lock at once: if each just removed it, the second would remove the first one's
 * new lock. So a dead lock is removed only under a lock of its own, after another look at it.
 */
async function acquire(file: string, owner: Owner): Promise<Owner | null> {
  for (let attempt = 0; ; attempt += 1) {
    if (create(file, owner)) return null;
    const holder = await readOwner(file);
    if (holder === 'gone') continue;
    if (holder === 'torn' && attempt < tornAttempts) await sleep(retryMs);
    else if (holder !== 'torn' && (await isAlive(holder.process))) return holder;
    else await removeDead(file, holder, owner);
  }
}

async function removeDead(file: string, dead: Owner | 'torn', owner: Owner): Promise<void> {
  const takeover = `${file}.takeover`;
  if (await acquire(takeover, owner)) {
    // Someone else is at it, for a few milliseconds.
    await sleep(retryMs);
    return;
  }
  try {
    const now = await readOwner(file);
    const same = dead === 'torn' || now === 'torn' || now === 'gone' ? now === dead : now.token === dead.token;
    if (same) await rm(file, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/**
 * Creates the file, unless it exists. The two calls follow each other without a turn of the event loop in between, so
 * that others hardly ever meet an empty file, and then for microseconds.
 */
function create(file: string, owner: Owner): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(owner)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) rmSync(file, { force: true });
    throw error;
  }
}

async function readOwner(file: string): Promise<Owner | 'gone' | 'torn'> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'gone';
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'torn';
    throw error;
  }
}

function busy({ program, process: { pid, host } }: Owner, file: string): AppError {
  const where = host === os.hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  return new AppError('WORKSPACE_BUSY', `Another run is writing to this workspace: ${program} (${where}).`, {
    action: `Wait until it has ended, or cancel it there. If no such program is running, delete ${file}.`,
  });
}
