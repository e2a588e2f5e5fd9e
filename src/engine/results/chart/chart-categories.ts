import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { countSchema, readRows } from '../../sql/read-rows';
import { quoteText } from '../../sql/quote';
import type { AxisPlan } from './chart-axis-plan';
import { kindOf } from '../../../contract/column-type';
import { storedRows, type ResultTable, type RowSource } from '../result-table';

const maxCategories = 40;
const maxLabelLength = 200;

/** The text by which a value is grouped: the same for values that DuckDB treats as equal. */
export function labelSql(column: string, type: string): string {
  if (/^(FLOAT|DOUBLE)$/.test(type)) return `CAST(CASE WHEN ${column} = 0 THEN 0 ELSE ${column} END AS VARCHAR)`;
  if (type === 'INTERVAL') return `CAST(normalized_interval(${column}) AS VARCHAR)`;
  return `CAST(${column} AS VARCHAR)`;
}

/** Condition for rows whose text is one of `labels`, in which null stands for NULL. */
export function isOneOf(text: string, labels: readonly (string | null)[]): string {
  const texts = labels.flatMap((label) => (label === null ? [] : [quoteText(label)]));
  const among = texts.length > 0 ? [`${text} IN (${texts.join(', ')})`] : [];
  const parts = labels.includes(null) ? [...among, `${text} IS NULL`] : among;
  return parts.length > 0 ? `(${parts.join(' OR ')})` : 'false';
}

/** Labels as drawn; NULL differs from a text that reads the same. */
export function drawnLabels(labels: readonly (string | null)[]): string[] {
  const drawn = new Set<string>();
  return labels.map((label) => {
    let text = label ?? 'NULL';
    if (label === 'NULL' && labels.includes(null)) text = '“NULL”';
    if (text.length > maxLabelLength) text = `${text.slice(0, maxLabelLength)}…`;
    while (drawn.has(text)) text += ' ';
    drawn.add(text);
    return text;
  });
}

/** In the order of the result; of many values the most frequent. Numbers are in numeric order. */
export async function planCategories(table: ResultTable, x: number, connection: DuckDBConnection): Promise<AxisPlan> {
  const type = table.columns[x]?.type ?? '';
  const text = ({ column }: RowSource) => labelSql(column(x), type);
  const stored = storedRows(table);
  const order = kindOf(type) === 'number' ? `min(${stored.column(x)})` : `min(${stored.position})`;
  const rows = await readRows(
    connection,
    `SELECT label, places FROM (
       SELECT label, count, place, count(*) OVER () AS places FROM (
         SELECT ${text(stored)} AS label, count(*) AS count, ${order} AS place FROM ${stored.from} GROUP BY 1
       ) ORDER BY count DESC, place LIMIT ${maxCategories}
     ) ORDER BY place`,
    z.object({ label: z.string().nullable(), places: countSchema }),
  );
  const labels = rows.map(({ label }) => label);
  const places = rows[0]?.places ?? 0;
  const list = `[${labels.map((label) => (label === null ? 'NULL' : quoteText(label))).join(', ')}]`;
  const place = (source: RowSource) =>
    labels.includes(null)
      ? `CAST(coalesce(list_position(${list}, ${text(source)}), ${labels.indexOf(null) + 1}) - 1 AS DOUBLE)`
      : `CAST(list_position(${list}, ${text(source)}) - 1 AS DOUBLE)`;
  return {
    kind: 'category',
    place,
    key: place,
    condition: (source) => isOneOf(text(source), labels),
    labels: drawnLabels(labels),
    note: places > labels.length ? `The ${labels.length} most frequent of ${places.toLocaleString('en')} values` : null,
  };
}
