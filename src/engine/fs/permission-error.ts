import { lstatSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../../contract/text/printable';
import { hasCode } from './errno';

/** Calls that need only read permission; `open` also creates files, which don't exist then. */
const readingCalls: ReadonlySet<string> = new Set(['scandir', 'opendir', 'open', 'stat', 'lstat', 'access', 'read']);

/**
 * The words for an error of Node that means a lack of permission. A workspace from somebody else has many folders, each
 * of which may come without permissions, so the one that needs them is named.
 * @returns null for any other error
 */
export function permissionError(error: Error): { message: string; action: string } | null {
  if (!hasCode(error, 'EACCES', 'EPERM') || typeof error.path !== 'string') return null;
  const { syscall = '', path: file } = error;
  const seen = lookAt(file);
  if (seen === 'hidden' || (seen === 'there' && readingCalls.has(syscall))) {
    const locked = seen === 'hidden' ? hidingFolder(file) : file;
    return {
      message: `Micro Warehouse has no permission to read ${printable(locked)}.`,
      action: 'Give yourself read and write permission for it, or move it out of the workspace, then try again.',
    };
  }
  const from = printable(path.dirname(file));
  const to = 'dest' in error && typeof error.dest === 'string' ? printable(path.dirname(error.dest)) : from;
  if (to !== from) {
    return {
      message: `Micro Warehouse has no permission to move ${printable(path.basename(file))} from ${from} to ${to}.`,
      action: 'Give yourself write permission for both folders and for everything in them, then try again.',
    };
  }
  return {
    message: `Micro Warehouse has no permission to write to ${from}.`,
    action: 'Give yourself write permission for that folder, or choose another workspace.',
  };
}

/** The folder whose missing permission hides everything in it. */
function hidingFolder(file: string): string {
  const folder = path.dirname(file);
  return lookAt(folder) === 'hidden' && folder !== file ? hidingFolder(folder) : folder;
}

function lookAt(file: string): 'there' | 'missing' | 'hidden' {
  try {
    lstatSync(file);
    return 'there';
  } catch (error) {
    return hasCode(error, 'EACCES', 'EPERM') ? 'hidden' : 'missing';
  }
}
