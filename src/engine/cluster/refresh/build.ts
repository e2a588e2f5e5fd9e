import { z } from 'zod';
import type { ModelPlan } from '../../refresh/plan';
import { inPeriods } from '../../refresh/plan';
import type { ModelFile } from '../../models/model-file';
import { quoteIdentifier, quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import { rowsTable } from '../tables';
import type { ClusterSources } from './sources';

/** The rows of a model's table, and the statement that last wrote it; null if none had to. */
export interface BuiltRows {
  readonly rows: number;
  readonly queryId: string | null;
}

/**
 * Executes the plan for a model in one commit of its table.
 * @param text its SELECT for Trino
 */
export async function buildModel(
  session: ClusterSession,
  model: ModelFile,
  text: string,
  plan: Exclude<ModelPlan, { action: 'keep' }>,
  sources: ClusterSources,
): Promise<BuiltRows> {
  const table = session.result(rowsTable(model.name));
  if (plan.action === 'all') {
    const { updateCount, queryId } = await session.run(
      `CREATE OR REPLACE TABLE ${table} AS\n${sources.select(text, model.dependsOn, null)}`,
    );
    return { rows: updateCount ?? (await countRows(session, table)), queryId };
  }
  const where = inPeriods(model, plan);
  const fresh = sources.select(text, model.dependsOn, plan.days, where);
  if (model.layer === 'gold' || plan.untimed) {
    // Gold is small, so it is written as a whole, which leaves no deletions to readers.
    const { updateCount, queryId } = await session.run(
      `CREATE OR REPLACE TABLE ${table} AS
       SELECT * FROM ${table} WHERE NOT ${where} UNION ALL SELECT * FROM (\n${fresh}\n)`,
    );
    return { rows: updateCount ?? (await countRows(session, table)), queryId };
  }
  const queryId = await replacePeriods(session, model, table, plan.periods, fresh);
  return { rows: await countRows(session, table), queryId };
}

/**
 * Deletes the rows of some periods and inserts fresh ones, in one commit: a source of fresh rows, which match nothing
 * and are inserted, and one row for each period, which matches the rows to delete.
 * @returns the statement that did it; null if there was nothing to do
 */
async function replacePeriods(
  session: ClusterSession,
  { period, name }: ModelFile,
  table: string,
  periods: readonly string[],
  fresh: string,
): Promise<string | null> {
  if (periods.length === 0) return null;
  const key = period?.column ?? '';
  const columns = await session.columns(`SELECT * FROM ${table}`);
  if (!columns.some((column) => column.name === key)) throw new Error(`${name} has no column ${key}.`);
  const names = columns.map((column) => quoteIdentifier(column.name));
  const ofPeriod = columns.map((column) =>
    column.name === key ? `CAST(start AS ${column.typeText})` : `CAST(NULL AS ${column.typeText})`,
  );
  const starts = periods.map((start) => `DATE ${quoteText(start)}`).join(', ');
  const { queryId } = await session.run(
    `MERGE INTO ${table} AS kept USING (
       SELECT true AS is_fresh, ${names.join(', ')} FROM (\n${fresh}\n)
       UNION ALL
       SELECT false, ${ofPeriod.join(', ')} FROM (VALUES ${starts}) AS periods(start)
     ) AS change
     ON NOT change.is_fresh AND change.${quoteIdentifier(key)} = kept.${quoteIdentifier(key)}
     WHEN MATCHED THEN DELETE
     WHEN NOT MATCHED AND change.is_fresh THEN INSERT (${names.join(', ')})
       VALUES (${names.map((column) => `change.${column}`).join(', ')})`,
  );
  return queryId;
}

async function countRows(session: ClusterSession, table: string): Promise<number> {
  const [row] = await session.rows(`SELECT count(*) AS rows FROM ${table}`, z.object({ rows: z.bigint() }));
  return Number(row?.rows ?? 0);
}
