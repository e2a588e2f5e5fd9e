import { z } from 'zod';
import { silver } from '../../../contract/relations';
import { isCalendarDate } from '../../../contract/calendar';
import { onDays, type DayFacts } from '../../records/day-facts';
import { quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import type { ClusterProgram } from './input';
import { isGoneSnapshot } from './files';
import { OddFiles } from './odd-files';
import type { ClusterSources } from './sources';

const factsSchema = z.object({
  date: z.string(),
  files: z.bigint(),
  bytes: z.bigint(),
  bronze_rows: z.bigint(),
  silver_rows: z.bigint(),
  first_day: z.string(),
  last_day: z.string(),
  untimed_rows: z.bigint(),
  dropped: z.map(z.string(), z.bigint()),
});

const columns = 'date, files, bytes, bronze_rows, silver_rows, first_day, last_day, untimed_rows, dropped, failed';

/**
 * Measures the days in two passes over their rows, of which each reads few columns: everything that depends on single
 * rows. `refresh_days` then has them and, of the other days, what it had.
 * @param days null for all
 * @returns the statement that wrote them
 */
export async function measureDays(
  session: ClusterSession,
  program: ClusterProgram,
  sources: ClusterSources,
  days: readonly string[] | null,
): Promise<string> {
  const table = session.result('refresh_days');
  const row = program.checks.filter(({ condition }) => condition !== null);
  const rules = row.filter(({ check }) => check.drops?.to === silver);
  const counts = (checks: typeof row) => `CAST(MAP(
      ARRAY[${checks.map(({ check }) => quoteText(check.name)).join(', ')}],
      ARRAY[${checks.map(({ condition }) => `count_if(${condition ?? 'false'})`).join(', ')}]
    ) AS MAP(VARCHAR, BIGINT))`;
  const dayOf = (aggregate: string) =>
    `COALESCE(CAST(CAST(${aggregate}(event_time) AS DATE) AS VARCHAR), CAST(date AS VARCHAR))`;
  const measured = `SELECT date, count(*) AS bronze_rows, ${dayOf('min')} AS first_day, ${dayOf('max')} AS last_day,
      count(*) - count(event_time) AS untimed_rows, ${counts(rules)} AS dropped, ${counts(row)} AS failed
    FROM bronze_events GROUP BY date`;
  const ofSilver = 'SELECT date, count(*) AS silver_rows FROM silver_events GROUP BY date';
  const ofFiles = `SELECT date, count(*) AS files, CAST(sum(bytes) AS BIGINT) AS bytes
    FROM ${session.result('refresh_manifest')} GROUP BY date`;
  const kept = days === null ? '' : `SELECT ${columns} FROM ${table} WHERE NOT ${onDays(days)}\nUNION ALL\n`;
  const fresh = sources.select(
    `SELECT day.date, COALESCE(file.files, 0) AS files, COALESCE(file.bytes, 0) AS bytes, day.bronze_rows,
       COALESCE(kept.silver_rows, 0) AS silver_rows, day.first_day, day.last_day, day.untimed_rows, day.dropped, day.failed
     FROM (${measured}) AS day
     LEFT JOIN (${ofSilver}) AS kept ON kept.date = day.date
     LEFT JOIN (${ofFiles}) AS file ON file.date = day.date`,
    [silver],
    days,
  );
  const { queryId } = await session.run(
    `CREATE OR REPLACE TABLE ${table} AS ${kept}SELECT ${columns} FROM (\n${fresh}\n)`,
  );
  return queryId;
}

/**
 * The facts of a refresh by day.
 * @param snapshot of `refresh_days`; by default the current one
 */
export async function readFacts(session: ClusterSession, snapshot?: string): Promise<Map<string, DayFacts>> {
  const version = snapshot === undefined ? '' : `FOR VERSION AS OF ${snapshot}`;
  const rows = await session.rows(
    `SELECT CAST(date AS VARCHAR) AS date, files, bytes, bronze_rows, silver_rows, first_day, last_day, untimed_rows,
       dropped FROM ${session.result('refresh_days')} ${version} ORDER BY date`,
    factsSchema,
  );
  return new Map(
    rows.map((row) => [
      row.date,
      {
        date: row.date,
        files: Number(row.files),
        bytes: Number(row.bytes),
        bronzeRows: Number(row.bronze_rows),
        silverRows: Number(row.silver_rows),
        firstDay: row.first_day,
        lastDay: row.last_day,
        untimedRows: Number(row.untimed_rows),
        dropped: Object.fromEntries([...row.dropped].map(([rule, count]) => [rule, Number(count)])),
      },
    ]),
  );
}

/** The facts of an earlier refresh; none if its snapshot is gone. */
export async function factsBefore(
  session: ClusterSession,
  snapshot: string | undefined,
): Promise<ReadonlyMap<string, DayFacts>> {
  if (snapshot === undefined) return new Map();
  return readFacts(session, snapshot).catch((error: unknown) => {
    if (isGoneSnapshot(error)) return new Map<string, DayFacts>();
    throw error;
  });
}

/**
 * Refuses events outside the years 1 to 9999, which weeks, months and calendars can't represent.
 * @throws OddFiles
 */
export async function refuseFarEvents(session: ClusterSession, facts: ReadonlyMap<string, DayFacts>): Promise<void> {
  const isFar = ({ firstDay, lastDay }: DayFacts) => !isCalendarDate(firstDay) || !isCalendarDate(lastDay);
  const days = [...facts.values()].flatMap((day) => (isFar(day) ? day.date : []));
  if (days.length === 0) return;
  const [file] = await session.rows(
    `SELECT "$path" AS path, CAST(date AS VARCHAR) AS date FROM ${session.eventsTable}
     WHERE ${onDays(days)} AND year(event_time) NOT BETWEEN 1 AND 9999 ORDER BY "$path" LIMIT 1`,
    z.object({ path: z.string(), date: z.string() }),
  );
  if (file) throw new OddFiles([file], 'it has an event outside the years 1 to 9999');
}
