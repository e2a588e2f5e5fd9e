import path from 'node:path';
import { z } from 'zod';
import { breakageSchema } from '../../contract/partitions';
import { calendarDateSchema, instantSchema } from '../../contract/calendar';
import { decodeText } from '../fs/user-files/decode-text';
import { parseJson } from '../fs/read-json';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { readLogBytes } from './run-log';

/** Days broken on purpose, as a line of the run log. Readers of runs skip it, as they skip any line of another kind. */
const breakSchema = z.object({
  /** The id of the deletion that undoes it. */
  id: z.string(),
  at: instantSchema,
  days: z.array(calendarDateSchema),
  breakage: breakageSchema,
});

export type LoggedBreak = z.infer<typeof breakSchema>;

/** @throws AppError WORKSPACE_INVALID, LINK_NOT_ALLOWED if something else is in the log's place */
export async function appendBreak(workspace: Workspace, logged: LoggedBreak): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(path.dirname(workspace.runLog));
  await files.append(workspace.runLog, `${JSON.stringify({ broken: logged })}\n`, '\n');
}

/** The breaks in the end of the run log, oldest first, undone ones too. */
export async function readBreaks(workspace: Workspace): Promise<LoggedBreak[]> {
  const read = await new WorkspaceFiles(workspace).readOwnEnd(workspace.runLog, readLogBytes);
  if (read.status !== 'read') return [];
  return decodeText(read.bytes)
    .split('\n')
    .flatMap((line) => z.object({ broken: breakSchema }).safeParse(parseJson(line)).data?.broken ?? []);
}
