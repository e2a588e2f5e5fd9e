import { catalog, silver } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { FilterChoices, FilteredMetric, MetricFilter } from '../../contract/metric-filter';
import { withoutComments } from '../sql/sql-comments';
import type { Workspace } from '../workspace';
import type { ModelFile } from '../models/model-file';
import { selectOf, type ModelSet } from '../models/models';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';

const platformSql = `json_extract_string(TRY_CAST(properties AS JSON), '$.platform')`;
/** Days that are read to find platforms: all days would mean parsing all JSON. */
const sampledDays = 7;

/**
 * The SQL that computes a metric from filtered events: the text of its model and of the models between, preceded by
 * `silver_events` with the filter.
 * @throws AppError INVALID_OPTIONS if the metric doesn't exist
 */
export function filteredMetric(
  { models }: ModelSet,
  workspace: Workspace,
  name: string,
  filter: MetricFilter,
): FilteredMetric {
  const metric = models.find((model) => model.name === name && model.layer === 'gold');
  if (!metric) {
    throw new AppError('INVALID_OPTIONS', `The metric ${name} doesn't exist.`, { action: 'Choose one from the list.' });
  }
  const reason = whyNotOver(metric, models) ?? whyNotByType(metric, models, filter);
  if (reason !== null) return { applies: false, reason };
  const events = `SELECT *\n  FROM ${catalog}.main.${silver}\n  WHERE ${conditions(filter).join('\n    AND ')}`;
  return { applies: true, sql: `${metricOver(metric, models, workspace, events)}\nORDER BY ALL` };
}

/**
 * The SQL of a metric over other events than those of the warehouse.
 * @param events a SELECT that replaces `silver_events`
 */
export function metricOver(
  metric: ModelFile,
  models: readonly ModelFile[],
  workspace: Workspace,
  events: string,
): string {
  const ctes = neededBy(metric, models).map((model) =>
    model.name === silver
      ? `${silver} AS (\n  ${events}\n)`
      : `${quoteIdentifier(model.name)} AS (\n${bare(model, workspace)}\n)`,
  );
  return `WITH ${ctes.join(',\n')}\nSELECT *\nFROM (\n${bare(metric, workspace)}\n)`;
}

/** The reason why a metric can't be computed from other events than those of the warehouse; null if it can. */
export function whyNotOver(metric: ModelFile, models: readonly ModelFile[]): string | null {
  const needed = neededBy(metric, models);
  if (!needed.some(({ name }) => name === silver)) return "This metric doesn't read silver_events.";
  if (needed.some(({ layer }) => layer === 'bronze')) return 'This metric reads raw events besides silver_events.';
  return null;
}

/** The values to filter by; none before the first refresh. */
export async function filterChoices(connection: DuckDBConnection): Promise<FilterChoices> {
  const names = z.object({ name: z.string() });
  const eventNames = await readRows(
    connection,
    'SELECT DISTINCT event_name AS name FROM gold_weekly_events_by_type WHERE event_name IS NOT NULL ORDER BY 1',
    names,
  );
  const platforms = await readRows(
    connection,
    `SELECT DISTINCT ${platformSql} AS name FROM ${silver}
     WHERE date IN (SELECT date FROM refresh_days WHERE silver_rows > 0 ORDER BY date DESC LIMIT ${sampledDays})
       AND ${platformSql} IS NOT NULL
     ORDER BY 1`,
    names,
  );
  return { eventNames: eventNames.map(({ name }) => name), platforms: platforms.map(({ name }) => name) };
}

/** Without comments, which are about the whole model. */
function bare(model: ModelFile, workspace: Workspace): string {
  return withoutComments(selectOf(model, workspace)).trim();
}

/** The models between `silver_events` and a metric, in the order of their dependencies. */
function neededBy(metric: ModelFile, models: readonly ModelFile[]): ModelFile[] {
  const names = new Set(metric.dependsOn);
  // The models are in the order of their dependencies.
  for (const model of models.toReversed()) {
    if (names.has(model.name) && model.name !== silver) for (const name of model.dependsOn) names.add(name);
  }
  return models.filter(({ name }) => names.has(name));
}

function whyNotByType(metric: ModelFile, models: readonly ModelFile[], filter: MetricFilter): string | null {
  if (filter.eventName === null) return null;
  const direct = neededBy(metric, models).filter(({ name }) => metric.dependsOn.includes(name));
  if (![metric, ...direct].some(({ sql }) => /\bevent_name\s*(=|<>|!=|IN\b|NOT\b)/i.test(withoutComments(sql))))
    return null;
  return "This metric chooses event types itself, so it can't be filtered by one.";
}

function conditions({ eventName, teamId, platform, days }: MetricFilter): string[] {
  const all: string[] = [];
  if (eventName !== null) all.push(`event_name = ${quoteText(eventName)}`);
  if (teamId !== null) all.push(`team_id = ${teamId}`);
  if (platform !== null) all.push(`${platformSql} = ${quoteText(platform)}`);
  if (days) all.push(`date BETWEEN DATE ${quoteText(days.first)} AND DATE ${quoteText(days.last)}`);
  return all.length > 0 ? all : ['true'];
}
