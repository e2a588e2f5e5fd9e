import path from 'node:path';
import { createInterface } from 'node:readline';
import { app, type UtilityProcess } from 'electron';
import log from 'electron-log/node';

/*
 * Only main writes the log files, one per kind of process, from the output of the others. So a file has one writer,
 * which can rotate it, and the last output before a native crash is kept. Nothing is sent over the network.
 */

/** A file that is full is kept as `.old` beside the new one. */
const maxFileBytes = 1_000_000;

export const logNames = ['main', 'warehouse', 'generator'] as const;
export type LogName = (typeof logNames)[number];

export interface Log {
  readonly info: (text: string) => void;
  readonly error: (text: string) => void;
}

/** The folder of the log files: in the user-data folder, on every system. */
export function logsFolder(): string {
  return path.join(app.getPath('userData'), 'logs');
}

const logs = new Map<LogName, Log>();

/** The log of one kind of process; the file is created with its first line. */
export function logOf(name: LogName): Log {
  const known = logs.get(name);
  if (known) return known;
  const logger = log.create({ logId: name });
  const { file, console, ipc, remote } = logger.transports;
  file.resolvePathFn = () => path.join(logsFolder(), `${name}.log`);
  file.maxSize = maxFileBytes;
  file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} [{level}] {text}';
  console.level = false;
  if (ipc) ipc.level = false;
  remote.level = false;
  const made: Log = { info: (text) => logger.info(text), error: (text) => logger.error(text) };
  logs.set(name, made);
  return made;
}

/** Logs a process's output, start and end in the log of its kind. The process must have pipes. */
export function logProcess(name: LogName, child: UtilityProcess): void {
  const target = logOf(name);
  let { pid } = child;
  const started = () => {
    pid = child.pid;
    target.info(`Process ${pid ?? ''} started.`);
  };
  if (pid === undefined) child.once('spawn', started);
  else started();
  // In development, errors also go to the terminal. Not by `pipe`, whose listeners on the target would leak: Electron
  // never ends the streams of a process that has ended.
  if (!app.isPackaged) child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
  for (const [stream, write] of [
    [child.stdout, target.info],
    [child.stderr, target.error],
  ] as const) {
    if (stream) createInterface({ input: stream }).on('line', write);
  }
  child.once('exit', (code) => {
    const text = `Process ${pid ?? ''} ended with exit code ${code}.`;
    if (code === 0) target.info(text);
    else target.error(text);
  });
}
