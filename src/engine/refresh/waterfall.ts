import { sum } from '../../contract/sum';
import { silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { WaterfallStep } from '../../contract/refresh-summary';
import type { CheckFile } from '../models/check-file';
import { onDays, type DayFacts } from '../records/day-facts';
import { countSchema, readRows } from '../sql/read-rows';

/** Rows of silver by day, for the given days in order; `select` returns the events of at least these days. */
export async function silverRowsByDay(
  connection: DuckDBConnection,
  select: string,
  days: readonly string[],
): Promise<Map<string, number>> {
  if (days.length === 0) return new Map();
  const rows = await readRows(
    connection,
    `SELECT CAST(date AS VARCHAR) AS date, count(*) AS rows FROM (${select}) WHERE ${onDays(days)} GROUP BY date`,
    z.object({ date: z.string(), rows: countSchema }),
  );
  return new Map(rows.map((row) => [row.date, row.rows]));
}

/** Rows from layer to layer, with those dropped by each rule, over all days. */
export function waterfallOf(
  facts: readonly DayFacts[],
  checks: readonly CheckFile[],
  goldRows: number,
): WaterfallStep[] {
  const bronzeRows = sum(facts.map((day) => day.bronzeRows));
  const silverRows = sum(facts.map((day) => day.silverRows));
  const dropped = checks
    .filter(({ drops }) => drops?.to === silver)
    .map(({ name, summary }) => ({ rule: name, summary, rows: sum(facts.map((day) => day.dropped[name] ?? 0)) }));
  const unexplained = bronzeRows - silverRows - sum(dropped.map(({ rows }) => rows));
  return [
    { layer: 'bronze', rows: bronzeRows, dropped: [], unexplained: 0 },
    { layer: 'silver', rows: silverRows, dropped, unexplained },
    // Gold aggregates all rows of silver; the check rows_reconcile proves that week by week.
    { layer: 'gold', rows: goldRows, dropped: [], unexplained: 0 },
  ];
}
