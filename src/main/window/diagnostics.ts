import { open, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { versionLine } from '../logs/log-events';
import { logsFolder } from '../logs/logs';
import type { WorkspaceService } from '../workspace/workspace-service';

/** Bytes from the end of each log that are included. */
const tailBytes = 4_000;

/** Text to paste into a bug report: versions, the machine, the ends of the logs. No rows, no SQL results. */
export async function diagnostics(workspaces: WorkspaceService): Promise<string> {
  const names = (await readdir(logsFolder()).catch(() => [])).filter((name) => name.endsWith('.log'));
  const tails = await Promise.all(
    names.map(async (name) => `--- ${name}\n${await tailOf(path.join(logsFolder(), name))}`),
  );
  return [
    versionLine(),
    `Memory: ${Math.round(os.totalmem() / 1e6)} MB, processors: ${os.cpus().length}`,
    `Packaged: ${app.isPackaged}`,
    `Workspace: ${workspaces.folder ?? 'none'}`,
    `Logs: ${logsFolder()}`,
    `Crash dumps: ${app.getPath('crashDumps')}`,
    ...tails,
  ].join('\n');
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
