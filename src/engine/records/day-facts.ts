import { silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { CheckFile } from '../models/check-file';
import type { EventFile } from '../events/event-files';
import { spansOf, type DaySpan } from '../events/periods';
import { countSchema, readRows } from '../sql/read-rows';
import { readRecords } from './read-records';
import { quoteText } from '../sql/quote';

/** The warehouse's records of one partition, known without reading its rows again. */
export interface DayFacts {
  readonly date: string;
  readonly files: number;
  readonly bytes: number;
  readonly bronzeRows: number;
  readonly silverRows: number;
  /** Days of the earliest and the latest event; with clean data both are the partition's day. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly untimedRows: number;
  /** Rows that silver drops, by the check that defines the rule. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** A condition on `date` for exactly the given days; null means every day. */
export function onDays(days: readonly string[] | null, column = 'date'): string {
  if (days === null) return 'true';
  const ranges = spansOf(days).map(
    ({ first, last }) => `${column} BETWEEN DATE ${quoteText(first)} AND DATE ${quoteText(last)}`,
  );
  return ranges.length === 0 ? 'false' : `(${ranges.join(' OR ')})`;
}

/** The days that rows of a partition may count for: its own, and those of its events if they differ. */
export function spanOfDay({ date, firstDay, lastDay }: DayFacts): DaySpan {
  return { first: firstDay < date ? firstDay : date, last: lastDay > date ? lastDay : date };
}

const factsSchema = z.object({
  date: z.string(),
  files: countSchema,
  bytes: countSchema,
  bronze_rows: countSchema,
  silver_rows: countSchema,
  first_day: z.string(),
  last_day: z.string(),
  untimed_rows: countSchema,
  dropped_rules: z.array(z.string()),
  dropped_rows: z.array(countSchema),
});

const readSql = `
  SELECT CAST(date AS VARCHAR) AS date, files, bytes, bronze_rows, silver_rows, first_day, last_day, untimed_rows,
    map_keys(dropped) AS dropped_rules, map_values(dropped) AS dropped_rows
  FROM refresh_days ORDER BY date`;

/** The facts of the last refresh, by day. */
export async function readDayFacts(connection: DuckDBConnection): Promise<Map<string, DayFacts>> {
  const rows = await readRecords(connection, readSql, factsSchema);
  return new Map(
    rows.map((row) => [
      row.date,
      {
        date: row.date,
        files: row.files,
        bytes: row.bytes,
        bronzeRows: row.bronze_rows,
        silverRows: row.silver_rows,
        firstDay: row.first_day,
        lastDay: row.last_day,
        untimedRows: row.untimed_rows,
        dropped: Object.fromEntries(row.dropped_rules.map((rule, index) => [rule, row.dropped_rows[index] ?? 0])),
      },
    ]),
  );
}

/** Replaces the facts of `days` (null: all) by those in `facts`. */
export async function writeDayFacts(
  connection: DuckDBConnection,
  days: readonly string[] | null,
  facts: readonly DayFacts[],
): Promise<void> {
  await connection.run(`DELETE FROM refresh_days WHERE ${onDays(days)}`);
  await connection.run(
    `INSERT INTO refresh_days
     SELECT CAST(day->>'date' AS DATE), CAST(day->>'files' AS BIGINT), CAST(day->>'bytes' AS BIGINT),
       CAST(day->>'bronzeRows' AS BIGINT), CAST(day->>'silverRows' AS BIGINT), day->>'firstDay', day->>'lastDay',
       CAST(day->>'untimedRows' AS BIGINT), CAST(day->'dropped' AS MAP(VARCHAR, BIGINT))
     FROM (SELECT unnest(CAST($facts AS JSON[])) AS day)`,
    { facts: JSON.stringify(facts) },
  );
}

const measuredSchema = z.object({
  date: z.string(),
  rows: countSchema,
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  untimed_rows: countSchema,
  failed: z.array(countSchema),
});

const dayOf = (aggregate: string) => `CAST(CAST(${aggregate}(event_time) AS DATE) AS VARCHAR)`;

/** The result of one pass over a partition's files: its facts, and offending rows by check. */
export interface MeasuredDay {
  readonly facts: DayFacts;
  readonly failedRows: ReadonlyMap<string, number>;
}

/**
 * Reads each bronze row of `days` (null: all) once, for everything that depends on single rows.
 * @param bronze the relation to read
 * @param checks the checks that are a condition on a bronze row
 */
export async function measureDays(
  connection: DuckDBConnection,
  bronze: string,
  days: readonly string[] | null,
  files: readonly EventFile[],
  checks: readonly CheckFile[],
): Promise<MeasuredDay[]> {
  const counts = checks.map(({ condition }) => `count(*) FILTER (${condition?.text ?? 'false'})`);
  const rows = await readRows(
    connection,
    `SELECT CAST(date AS VARCHAR) AS date, count(*) AS rows, ${dayOf('min')} AS first_day, ${dayOf('max')} AS last_day,
       count(*) - count(event_time) AS untimed_rows, CAST([${counts.join(', ')}] AS BIGINT[]) AS failed
     FROM ${bronze} WHERE ${onDays(days)} GROUP BY date ORDER BY date`,
    measuredSchema,
  );
  const filesOf = new Map<string, EventFile[]>();
  for (const file of files) filesOf.set(file.date, [...(filesOf.get(file.date) ?? []), file]);
  return rows.map((row) => {
    const failedRows = new Map(checks.map(({ name }, index) => [name, row.failed[index] ?? 0]));
    const rules = checks.filter(({ drops }) => drops?.to === silver);
    const ofDay = filesOf.get(row.date) ?? [];
    return {
      failedRows,
      facts: {
        date: row.date,
        files: ofDay.length,
        bytes: ofDay.reduce((bytes, file) => bytes + file.bytes, 0),
        bronzeRows: row.rows,
        silverRows: 0,
        firstDay: row.first_day ?? row.date,
        lastDay: row.last_day ?? row.date,
        untimedRows: row.untimed_rows,
        dropped: Object.fromEntries(rules.map(({ name }) => [name, failedRows.get(name) ?? 0])),
      },
    };
  });
}
