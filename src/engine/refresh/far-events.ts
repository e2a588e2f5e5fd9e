import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { isCalendarDate } from '../../contract/calendar';
import type { Workspace } from '../workspace';
import type { DayFacts } from '../records/day-facts';
import { readFilesSql } from '../partitions/day-hours';
import type { EventFile } from '../events/event-files';
import { readRows } from '../sql/read-rows';

interface FarFile {
  readonly path: string;
  readonly problem: string;
}

/** Files with events outside the years 1 to 9999, which weeks, months and calendars can't represent. */
export class FarEvents extends Error {
  constructor(readonly files: readonly FarFile[]) {
    super('There are events outside the calendar.');
  }

  /** The error of the failed refresh. */
  toAppError(): AppError {
    const [first] = this.files;
    const others = this.files.length - 1;
    const more = others > 0 ? ` (and ${others} more ${others === 1 ? 'file' : 'files'})` : '';
    return new AppError(
      'PARQUET_DAMAGED',
      `${printable(first?.path ?? 'A file')} can't be used: ${printable(first?.problem ?? '')}${more}.`,
      {
        action: 'Refresh without it, or fix its event_time. Your last refresh is intact.',
      },
    );
  }
}

const timesSchema = z.object({ file: z.string(), first: z.string().nullable(), last: z.string().nullable() });

/**
 * Finds events outside the calendar.
 * @param facts of the days; the files of a day are read only if its first or last event isn't in the calendar
 * @throws FarEvents
 */
export async function refuseFarEvents(
  facts: Iterable<DayFacts>,
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<void> {
  const days = new Set([...facts].flatMap((day) => (isWithin(day.firstDay, day.lastDay) ? [] : day.date)));
  if (days.size === 0) return;
  const suspects = files.filter(({ date }) => days.has(date));
  const pathOf = new Map(suspects.map((file) => [path.join(workspace.folder, file.path), file.path]));
  const day = (aggregate: string) => `CAST(${aggregate}(CAST(event_time AS DATE)) AS VARCHAR)`;
  const rows = await readRows(
    connection,
    `SELECT filename AS file, ${day('min')} AS first, ${day('max')} AS last
     FROM ${readFilesSql(suspects, workspace, { filename: true })} GROUP BY filename ORDER BY filename`,
    timesSchema,
  );
  const found = rows.flatMap(({ file, first, last }) => {
    const odd = [first, last].find((text) => text !== null && !isCalendarDate(text));
    const name = pathOf.get(file);
    return odd && name ? { path: name, problem: `it has an event at ${odd}, outside the years 1 to 9999` } : [];
  });
  if (found.length > 0) throw new FarEvents(found);
}

function isWithin(first: string, last: string): boolean {
  return isCalendarDate(first) && isCalendarDate(last);
}
