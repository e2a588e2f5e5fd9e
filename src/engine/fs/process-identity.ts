import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';
import { hasCode } from './errno';

/** Longer than any host name or start time. */
const maxNameLength = 255;

/** Identifies one process, even after its pid is reused. */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  host: z.string().max(maxNameLength),
  /** Start time in the system's units; null if unknown. A pid alone may belong to another process by now. */
  start: z.string().max(maxNameLength).nullable(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export async function identityOf(pid: number): Promise<ProcessIdentity> {
  return { pid, host: os.hostname(), start: await startOf(pid) };
}

/**
 * A process that can't be checked, such as one on another machine, counts as alive: asking the user is safer than two
 * writers.
 */
export async function isAlive({ pid, host, start }: ProcessIdentity): Promise<boolean> {
  if (host !== os.hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
  return start === null || start === (await startOf(pid));
}

/** Linux has it in clock ticks since boot; elsewhere Node can't determine it. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is the program's name in parentheses and may contain anything; the state is the 3rd, the start
    // the 22nd.
    const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : `${boot.trim()} ${fields[18] ?? ''}`;
  } catch {
    return null;
  }
}
