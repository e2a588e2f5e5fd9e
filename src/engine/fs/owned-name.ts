import { createHash, randomBytes } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import os from 'node:os';
import { hasCode } from './errno';
import { identityOf } from './process-identity';

/*
 * Names of temporary files and folders that identify the process that made them: a later start can tell leftovers of a
 * killed process from files that another process is still writing. Since the name alone identifies the owner, there is
 * no moment without one.
 */

const unknownStart = '00000000';
const ownedPattern = /\.(?<pid>\d{1,10})\.(?<host>[0-9a-f]{8})\.(?<start>[0-9a-f]{8})\.[0-9a-f]{12}$/;
/** Processes of other computers can't be checked; their files count as left behind after this time without a change. */
const foreignPatienceMs = 24 * 60 * 60_000;

/** A new name with `prefix` and this process's identity; safe in a file name. */
export async function ownedName(prefix: string): Promise<string> {
  const { pid, host, start } = await identityOf(process.pid);
  return `${prefix}.${pid}.${digest(host)}.${start === null ? unknownStart : digest(start)}.${randomBytes(6).toString('hex')}`;
}

/** Starts of processes, so that many files of one process cost one look at it. */
export type KnownStarts = Map<number, Promise<string | null>>;

/**
 * Whether the process that made a file or folder of an {@link ownedName} has ended; false for any other name.
 * @param file its path
 * @param known for one moment's checks of many files
 */
export async function isLeftBehind(file: string, known: KnownStarts = new Map()): Promise<boolean> {
  const { pid, host, start } = ownedPattern.exec(file)?.groups ?? {};
  if (pid === undefined || host === undefined || start === undefined) return false;
  if (host !== ownHost()) return isOld(file);
  const owner = Number(pid);
  const seen = known.get(owner) ?? startOf(owner);
  known.set(owner, seen);
  const now = await seen;
  return now === ended || (start !== unknownStart && now !== null && start !== now);
}

/** Not a digest. */
const ended = 'ended';

async function startOf(pid: number): Promise<string | null> {
  if (!exists(pid)) return ended;
  const { start } = await identityOf(pid);
  return start === null ? null : digest(start);
}

let hostDigest: string | null = null;

function ownHost(): string {
  hostDigest ??= digest(os.hostname());
  return hostDigest;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process that we aren't allowed to signal exists.
    return hasCode(error, 'EPERM');
  }
}

async function isOld(file: string): Promise<boolean> {
  const touched = await lstat(file).catch(() => null);
  return touched !== null && Date.now() - touched.mtimeMs > foreignPatienceMs;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
