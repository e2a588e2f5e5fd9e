import { createHash, randomBytes } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import os from 'node:os';
import { hasCode } from './errno';
import { identityOf } from './process-identity';

/*
 * Names of temporary files and folders that say which process made them: a later start can then tell what a killed
 * process has left behind from what another process is still writing. The name alone says it, so that there is no
 * moment in which an owner is missing.
 */

const unknownStart = '00000000';
const ownedPattern = /\.(?<pid>\d{1,10})\.(?<host>[0-9a-f]{8})\.(?<start>[0-9a-f]{8})\.[0-9a-f]{12}$/;
/** A process of another computer can't be asked; what it has not touched for so long is taken to be left behind. */
const foreignPatienceMs = 24 * 60 * 60_000;

/** A new name that begins with `prefix` and carries this process's identity; safe in a file name. */
export async function ownedName(prefix: string): Promise<string> {
  const { pid, host, start } = await identityOf(process.pid);
  return `${prefix}.${pid}.${digest(host)}.${start === null ? unknownStart : digest(start)}.${randomBytes(6).toString('hex')}`;
}

/**
 * Whether the process that made a file or folder of an {@link ownedName} has ended; false for any other name.
 * @param file its path
 */
export async function isLeftBehind(file: string): Promise<boolean> {
  const { pid, host, start } = ownedPattern.exec(file)?.groups ?? {};
  if (pid === undefined || host === undefined || start === undefined) return false;
  if (host !== digest(os.hostname())) return isOld(file);
  if (!exists(Number(pid))) return true;
  const now = (await identityOf(Number(pid))).start;
  return start !== unknownStart && now !== null && start !== digest(now);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process that may not be signalled is there.
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
