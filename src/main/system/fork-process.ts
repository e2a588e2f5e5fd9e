import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { utilityProcess, type UtilityProcess } from 'electron';

export interface ForkOptions {
  /** Its name in the system's list of processes. */
  readonly name: string;
  /** Environment variables in addition to those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a process of the app; its output can be read, and it has no input. */
export function forkProcess(script: string, { name, env }: ForkOptions): UtilityProcess {
  const before = leaksDescriptors ? descriptorsOf(nullDevice) : [];
  const child = utilityProcess.fork(path.join(__dirname, script), [], {
    serviceName: name,
    env: { ...process.env, ...env },
    // Electron accepts only `ignore` for the input.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (leaksDescriptors) closeLeaked(before);
  return child;
}

const nullDevice = '/dev/null';

/**
 * Up to version 36, Electron opens the null device for the ignored input of each forked process and never closes it
 * (electron/electron#47515). Without `/proc` the leaked descriptors can't be identified; Windows has none.
 */
const leaksDescriptors = process.platform === 'linux' && Number.parseInt(process.versions.electron ?? '', 10) < 37;

/**
 * Closes the descriptor opened by a fork that has just returned. Electron opens it synchronously on this thread; if
 * several are new, another thread has opened one, and none is closed.
 */
function closeLeaked(before: readonly number[]): void {
  const opened = descriptorsOf(nullDevice).filter((descriptor) => !before.includes(descriptor));
  const [leaked] = opened;
  if (leaked !== undefined && opened.length === 1) closeSync(leaked);
}

/** The file descriptors that this process has open. */
function descriptorsOf(file: string): number[] {
  const folder = '/proc/self/fd';
  return readdirSync(folder)
    .filter((descriptor) => {
      try {
        return readlinkSync(`${folder}/${descriptor}`) === file;
      } catch {
        // The descriptor used to read the folder.
        return false;
      }
    })
    .map(Number);
}
