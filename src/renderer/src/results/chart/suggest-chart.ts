import { kindOf } from '../../../../contract/column-type';
import { aggregates, chartKinds, type Aggregate, type Chart } from '../../../../contract/result-work';
import type { Column } from '../../../../contract/column-type';

/** A whole-number column that identifies things rather than counts them. */
const identifier = /(^|_)(id|key|code|year)$/i;

/** Values that don't add up: distinct counts, shares, averages, extremes, places. */
const notAdditive =
  /(^|_)(distinct|unique|active|users|teams|visitors|customers|sessions|avg|average|mean|median|rate|ratio|share|percent|pct|min|max|price|age|rank|place|score|stickiness|retention|conversion)(_|$)/i;
/** Amounts, which charts are about. */
const amount = /(^|_)(revenue|sales|amount|total|sum|events|purchases|orders|rows|count|cnt|n)$/i;

/** The column that a chart is most likely about: an amount, otherwise the last that adds up, otherwise the last. */
function measureOf(columns: readonly Column[], numbers: readonly number[]): number | null {
  const nameOf = (index: number) => columns[index]?.name ?? '';
  const measures = numbers.filter((index) => !identifier.test(nameOf(index)));
  const additive = measures.filter((index) => !notAdditive.test(nameOf(index)));
  // Revenue rather than the number of events it is made of: amounts of money are rarely whole.
  const amounts = additive.filter((index) => amount.test(nameOf(index)));
  const money = amounts.find((index) => /DECIMAL|DOUBLE|FLOAT/.test(columns[index]?.type ?? ''));
  return money ?? amounts[0] ?? additive.at(-1) ?? measures.at(-1) ?? null;
}

/** A suitable chart for the types of the columns: measures over time, by category, or against each other. */
export function suggestChart(columns: readonly Column[]): Chart {
  const places = columns.map((_, index) => index);
  const typeOf = (index: number) => columns[index]?.type ?? '';
  const time = places.find((index) => kindOf(typeOf(index)) === 'time');
  const numbers = places.filter((index) => kindOf(typeOf(index)) === 'number');
  const word = places.find((index) => typeOf(index) === 'VARCHAR' || typeOf(index) === 'BOOLEAN');
  const measure = measureOf(columns, numbers);
  const adds = measure !== null && !notAdditive.test(columns[measure]?.name ?? '');
  const chart = { y: measure, aggregate: aggregateOf(measure, adds), series: null };
  if (time !== undefined) return { ...chart, kind: 'line', x: time };
  if (word !== undefined) return { ...chart, kind: 'bar', x: word };
  const [first, second] = numbers;
  if (first !== undefined && second !== undefined) return { ...chart, kind: 'scatter', x: first, y: second };
  return { kind: 'bar', x: first ?? 0, y: null, aggregate: 'count', series: null };
}

/** A sum of values that don't add up would have no meaning. */
function aggregateOf(measure: number | null, adds: boolean): Aggregate {
  return measure === null ? 'count' : adds ? 'sum' : 'average';
}

/** The titles of a chart's axes. */
export function axisTitles({ kind, x, y, aggregate }: Chart, columns: readonly Column[]): { x: string; y: string } {
  const name = (index: number | null) => (index === null ? '' : columns[index]?.name || `column ${index + 1}`);
  return {
    x: name(x),
    y: kind === 'scatter' ? name(y) : aggregate === 'count' ? 'row count' : `${aggregate} of ${name(y)}`,
  };
}

/** The title of a chart: `sum of revenue by week, split by country`. */
export function chartTitle(chart: Chart, columns: readonly Column[]): string {
  const { x, y } = axisTitles(chart, columns);
  const split =
    chart.series === null ? '' : `, split by ${columns[chart.series]?.name || `column ${chart.series + 1}`}`;
  return `${y} by ${x}${split}`;
}

const line = /^-- chart: (.*)$/m;

/** Adds a chart to the text of its query, as a comment with the column names, so that it is saved with it. */
export function withChart(text: string, chart: Chart, columns: readonly Column[]): string {
  const name = (index: number | null) => (index === null ? '' : ` ${JSON.stringify(columns[index]?.name ?? '')}`);
  const parts = [chart.kind, `x${name(chart.x)}`, `${chart.aggregate}${name(chart.y)}`];
  if (chart.series !== null) parts.push(`by${name(chart.series)}`);
  const comment = `-- chart: ${parts.join(', ')}`;
  return line.test(text) ? text.replace(line, () => comment) : `${comment}\n${text}`;
}

/** The chart in the text of a query; null if there is none that fits the columns. */
export function chartIn(text: string, columns: readonly Column[]): Chart | null {
  const written = line.exec(text)?.[1];
  if (written === undefined) return null;
  const pattern = /^(\w+), x ("(?:[^"\\]|\\.)*"), (\w+)(?: ("(?:[^"\\]|\\.)*"))?(?:, by ("(?:[^"\\]|\\.)*"))?\s*$/;
  const [, kindText, x, aggregateText, y, series] = pattern.exec(written) ?? [];
  const kind = chartKinds.find((known) => known === kindText);
  const aggregate = aggregates.find((known) => known === aggregateText);
  const place = (quoted: string | undefined) =>
    quoted === undefined ? null : columns.findIndex(({ name }) => JSON.stringify(name) === quoted);
  const chart = { x: place(x) ?? -1, y: place(y), series: place(series) };
  if (!kind || !aggregate || chart.x < 0 || chart.y === -1 || chart.series === -1) return null;
  return { kind, aggregate, ...chart };
}
