import { z } from 'zod';
import { quoteText } from '../../sql/quote';
import { eventColumns } from '../event-columns';
import type { ClusterSession } from '../session';
import type { LeftOutFile } from './files';
import { columnsMissingIn } from './missing-columns';
import { damagedFileOf } from './odd-files';
import { isOtherType } from './other-types';

/** Those of the files left out before that still can't be used. */
export async function stillDamaged(session: ClusterSession, files: readonly LeftOutFile[]): Promise<LeftOutFile[]> {
  const damaged: LeftOutFile[] = [];
  for (const file of files) if (!(await isUsable(session, file))) damaged.push(file);
  return damaged;
}

/** Reads it column by column. */
async function isUsable(session: ClusterSession, { path }: LeftOutFile): Promise<boolean> {
  const counts = eventColumns.map((name) => `count(${name}) AS ${name}`);
  const read = `SELECT count(*) AS n, count_if(year(event_time) NOT BETWEEN 1 AND 9999) AS far, ${counts.join(', ')}
    FROM ${session.eventsTable} WHERE "$path" = ${quoteText(path)}`;
  try {
    const [row] = await session.rows(read, z.record(z.string(), z.bigint()));
    const { n = 0n, far = 0n } = row ?? {};
    const empty = n === 0n ? [] : eventColumns.filter((name) => row?.[name] === 0n);
    return far === 0n && (await columnsMissingIn(session, path, empty)).length === 0;
  } catch (error) {
    if (damagedFileOf(error) === null && !isOtherType(error)) throw error;
    return false;
  }
}
