import { AppError } from '../../../contract/app-error';
import { quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import type { LeftOutFile } from './files';
import { OddFiles } from './odd-files';

/** Trino's message about a column of a file with a type that it can't read as that of the table. It has no path. */
const otherType = /Unsupported Trino column type \((.+?)\) for Parquet column \(\[(\w+)\] \w+ (\w+)/;

/** Whether a statement failed because a column of a file has another type than that of the table. */
export function isOtherType(error: unknown): error is AppError {
  return error instanceof AppError && otherType.test(error.message);
}

/**
 * Finds the file whose column has another type, by halves: Trino tells the column only.
 * @returns an error that names the file; `error` itself if it is about something else
 */
export async function withFileOfOtherType(
  error: unknown,
  session: ClusterSession,
  files: readonly LeftOutFile[],
): Promise<unknown> {
  if (!isOtherType(error) || files.length === 0) return error;
  const [, expected = '', name = '', actual = ''] = otherType.exec(error.message) ?? [];
  let candidates = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  while (candidates.length > 1) {
    const half = candidates.slice(0, Math.floor(candidates.length / 2));
    candidates = (await failsIn(session, half, name)) ? half : candidates.slice(half.length);
  }
  return new OddFiles(candidates, `its column ${name} is ${actual}, not ${expected}`);
}

async function failsIn(session: ClusterSession, files: readonly LeftOutFile[], name: string): Promise<boolean> {
  const [first, last] = [files[0]?.path ?? '', files.at(-1)?.path ?? ''];
  const read = `SELECT count(${name}) FROM ${session.eventsTable} WHERE "$path" BETWEEN ${quoteText(first)} AND ${quoteText(last)}`;
  return session.run(read).then(
    () => false,
    (error: unknown) => {
      if (isOtherType(error)) return true;
      throw error;
    },
  );
}
