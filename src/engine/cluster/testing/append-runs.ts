import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../../workspace';

/** Appends the run log of one workspace to that of another, as publishing does. */
export async function appendRuns(from: Workspace, to: Workspace): Promise<void> {
  const log = (workspace: Workspace) => path.join(workspace.folder, 'data', 'runs.jsonl');
  await mkdir(path.dirname(log(to)), { recursive: true });
  await appendFile(log(to), await readFile(log(from), 'utf8'));
}
