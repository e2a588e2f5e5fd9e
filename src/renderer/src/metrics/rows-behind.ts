import { msPerDay } from '../../../contract/calendar';
import type { MetricFilter } from '../../../contract/metric-filter';
import { silver } from '../../../contract/relations';
import type { Model } from '../../../contract/warehouse';
import { endOf, firstBeginning, type Grain } from '../charts/data/transform';
import { civilDayOf } from '../format/civil-day';
import { sqlName, sqlText } from '../format/sql-name';

/** The first and the last day of a period, as `YYYY-MM-DD`. */
export interface PeriodDays {
  readonly first: string;
  readonly last: string;
}

/** The days that a point of a series is computed from; a month made of weeks has the days of its weeks. */
export function daysOfPeriod(start: number, grain: Grain | null, own: Grain | null): PeriodDays {
  if (grain === null || own === null) return { first: isoDay(start), last: isoDay(start) };
  const [from, to] = [firstBeginning(start, own), firstBeginning(endOf(start, grain), own)];
  return { first: isoDay(from), last: isoDay(to - msPerDay) };
}

function isoDay(time: number): string {
  const { year, month, day } = civilDayOf(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The model whose rows a metric counts: the first of silver that it depends on and that has a day; else the events. */
export function sourceOf(metric: Model, models: readonly Model[]): string {
  const source = metric.dependsOn
    .flatMap((name) => models.find((model) => model.name === name) ?? [])
    .find((model) => model.layer === 'silver' && columnNamesOf(model).includes('date'));
  return source?.name ?? silver;
}

/** The names of a model's columns; of one on a cluster, those in its header. */
export function columnNamesOf({ built, onCluster, columns }: Pick<Model, 'built' | 'onCluster' | 'columns'>): string[] {
  return (built?.columns ?? (onCluster ? columns : [])).map(({ name }) => name);
}

/** The conditions of a filter of all metrics. */
export function filterConditions({ eventName, teamId, platform }: MetricFilter): string[] {
  return [
    ...(eventName === null ? [] : [`event_name = ${sqlText(eventName)}`]),
    ...(teamId === null ? [] : [`team_id = ${teamId}`]),
    ...(platform === null
      ? []
      : [`json_extract_string(TRY_CAST(properties AS JSON), '$.platform') = ${sqlText(platform)}`]),
  ];
}

/** The condition for rows of one mark: an event type, a team. */
export function markCondition(column: string, value: string | null): string {
  const name = sqlName(column);
  if (value === null) return `${name} IS NULL`;
  return /^-?\d+(\.\d+)?$/.test(value) ? `${name} = ${value}` : `${name} = ${sqlText(value)}`;
}

/**
 * The rows behind a point of a metric.
 * @param days null for all days
 */
export function rowsBehindSql(source: string, days: PeriodDays | null, conditions: readonly string[]): string {
  const date =
    days === null
      ? []
      : days.first === days.last
        ? [`date = DATE '${days.first}'`]
        : [`date BETWEEN DATE '${days.first}' AND DATE '${days.last}'`];
  const all = [...date, ...conditions];
  return `SELECT *\nFROM ${sqlName(source)}${all.length === 0 ? '' : `\nWHERE ${all.join('\n  AND ')}`};\n`;
}
