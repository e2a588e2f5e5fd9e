import { AppError } from '../../../contract/app-error';
import { decodeText } from './decode-text';
import type { WorkspaceRoot } from '../path-checks';
import { WorkspaceFiles } from '../workspace-files';

/** Longer than any SQL that somebody writes by hand. */
const maxSqlBytes = 20 * 1024 ** 2;

/** The text of a user's `.sql` file, or the reason why there is none. */
export type UserSql =
  | { readonly status: 'read'; readonly sql: string }
  | { readonly status: 'missing' }
  | { readonly status: 'refused'; readonly problem: AppError };

/** Reads a `.sql` file that the user or another program has put into a workspace. */
export async function readUserSql(root: WorkspaceRoot, file: string): Promise<UserSql> {
  const files = new WorkspaceFiles(root);
  const read = await files.read(file, maxSqlBytes);
  if (read.status === 'missing') return read;
  if (read.status === 'read') return { status: 'read', sql: decodeText(read.bytes) };
  if (read.reason === 'a link') return { status: 'refused', problem: await files.linkRefused(file) };
  const name = files.nameOf(file);
  const problem = new AppError('WORKSPACE_INVALID', `${name} is ${reasons[read.reason]}.`, {
    action: `Move ${name} elsewhere, or replace it with a text file.`,
  });
  return { status: 'refused', problem };
}

const reasons = {
  'not a regular file': 'not a regular file',
  'too large': 'too large for SQL',
} as const;
