import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { utilityProcess, type UtilityProcess } from 'electron';

export interface ForkOptions {
  /** As the system's list of processes shows it. */
  readonly name: string;
  /** Variables beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a process of the app; what it prints can be read, and it has no input. */
export function forkProcess(script: string, { name, env }: ForkOptions): UtilityProcess {
  const before = leaksDescriptors ? descriptorsOf(nullDevice) : [];
  const child = utilityProcess.fork(path.join(__dirname, script), [], {
    serviceName: name,
    env: { ...process.env, ...env },
    // Electron takes nothing but `ignore` for the input.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (leaksDescriptors) closeLeaked(before);
  return child;
}

const nullDevice = '/dev/null';

/**
 * Up to version 36 Electron opens the null device for the ignored input of each process that it forks, uses it for
 * nothing and never closes it (electron/electron#47515). Where there is no `/proc`, those that it leaves can't be told
 * from others; on Windows there are none.
 */
const leaksDescriptors = process.platform === 'linux' && Number.parseInt(process.versions.electron ?? '', 10) < 37;

/**
 * Closes the descriptor that was opened by a fork that has just returned. Electron opens it on this thread, which has
 * done nothing else meanwhile; if there are several, another thread has opened one, and none is touched.
 */
function closeLeaked(before: readonly number[]): void {
  const opened = descriptorsOf(nullDevice).filter((descriptor) => !before.includes(descriptor));
  const [leaked] = opened;
  if (leaked !== undefined && opened.length === 1) closeSync(leaked);
}

/** The descriptors of this process that are open on a file. */
function descriptorsOf(file: string): number[] {
  const folder = '/proc/self/fd';
  return readdirSync(folder)
    .filter((descriptor) => {
      try {
        return readlinkSync(`${folder}/${descriptor}`) === file;
      } catch {
        // The one that read the folder.
        return false;
      }
    })
    .map(Number);
}
