import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';
import { hasCode } from './errno';

/** Longer than any name of a host, and than what tells when a process began. */
const maxNameLength = 255;

/** Names one process for as long as anyone may ask about it. */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  host: z.string().max(maxNameLength),
  /** When it began, as its system counts; null where that can't be known. A pid alone may belong to another by now. */
  start: z.string().max(maxNameLength).nullable(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export async function identityOf(pid: number): Promise<ProcessIdentity> {
  return { pid, host: os.hostname(), start: await startOf(pid) };
}

/** What can't be known (a process of another machine) counts as alive: better to ask than to write at the same time. */
export async function isAlive({ pid, host, start }: ProcessIdentity): Promise<boolean> {
  if (host !== os.hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
  return start === null || start === (await startOf(pid));
}

/** Linux counts clock ticks from boot; elsewhere Node offers no way to ask. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is the program's name in brackets and may hold anything; the state is the 3rd, the start the 22nd.
    const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : `${boot.trim()} ${fields[18] ?? ''}`;
  } catch {
    return null;
  }
}
