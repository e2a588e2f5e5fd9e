import { z } from 'zod';
import { AppError } from '../../../contract/app-error';
import { onDays } from '../../records/day-facts';
import { quoteText } from '../../sql/quote';
import { eventColumns } from '../event-columns';
import type { ClusterSession } from '../session';
import { notIn, syncPartitions, type LeftOutFile } from './files';
import type { ClusterInput } from './input';
import { OddFiles } from './odd-files';

const emptySchema = z.object({ path: z.string(), date: z.string(), name: z.string() });

/**
 * Refuses files that lack a column of the events, which Trino would read as NULL in every row. Footers rule nearly all
 * files out: rows are read only where a column has a NULL, and only that column.
 * @throws OddFiles
 */
export async function refuseMissingColumns(session: ClusterSession, input: ClusterInput): Promise<void> {
  if (!input.full && input.changedDays.length === 0) return;
  const where = `${onDays(input.full ? null : input.changedDays)} AND ${notIn('"$path"', input.leftOut)}`;
  const nulls = eventColumns.map(
    (name) => `SELECT "$path" AS path, ${quoteText(name)} AS name, count(*) AS nulls
      FROM ${session.eventsTable} WHERE ${name} IS NULL AND ${where} GROUP BY "$path"`,
  );
  const empty = await session.rows(
    `SELECT file.path, CAST(file.date AS VARCHAR) AS date, found.name
     FROM (${nulls.join('\nUNION ALL\n')}) AS found JOIN ${session.result('refresh_manifest')} AS file
       ON file.path = found.path AND file.row_count = found.nulls
     ORDER BY file.path, found.name`,
    emptySchema,
  );
  if (empty.length === 0) return;
  await syncPartitions(session, 'event_columns');
  const missing = new Map<string, { readonly file: LeftOutFile; readonly names: string[] }>();
  for (const { name, ...file } of empty) {
    const names = await columnsMissingIn(session, file.path, [name]);
    if (names.length > 0) missing.set(file.path, { file, names: [...(missing.get(file.path)?.names ?? []), ...names] });
  }
  const [first] = missing.values();
  if (first)
    throw new OddFiles(
      [...missing.values()].map(({ file }) => file),
      `it lacks ${first.names.join(', ')}`,
    );
}

/** Errors of a column that is in the file, with a type that isn't BOOLEAN. */
const otherType = new Set(['NOT_SUPPORTED', 'HIVE_BAD_DATA']);

/**
 * Those of `names` that a file lacks. Reading a column with a type that it can't have fails if the file has it, and gives
 * NULL if it doesn't; Trino has no other way to ask.
 */
export async function columnsMissingIn(
  session: ClusterSession,
  path: string,
  names: readonly string[],
): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) {
    const read = `SELECT count(${name}) FROM ${session.eventColumnsTable} WHERE "$path" = ${quoteText(path)}`;
    const isThere = await session.run(read).then(
      () => false,
      (error: unknown) => {
        if (error instanceof AppError && otherType.has(error.details.cluster?.errorName ?? '')) return true;
        throw error;
      },
    );
    if (!isThere) missing.push(name);
  }
  return missing;
}
