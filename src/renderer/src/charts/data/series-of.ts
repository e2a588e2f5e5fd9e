import { mostSeries, otherName } from './colours';
import type { ChartPoint, TimeSeries } from './series';
import type { TableData } from './table-data';
import { sum } from '../../../../contract/sum';

/** Lines over time: one per column. */
export function linesOf(data: TableData, time: number, columns: readonly number[]): TimeSeries {
  const points = Array.from({ length: data.rows }, (_, row) => ({
    time: data.number(row, time) ?? Number.NaN,
    values: columns.map((column) => data.number(row, column)),
  }));
  return { names: columns.map((column) => data.columns[column]?.name ?? ''), points: inOrder(points) };
}

/** One line per category, the largest first; many are merged into *Other*. */
export function stackOf(data: TableData, time: number, category: number, value: number): TimeSeries {
  const totals = new Map<string | null, number>();
  const byTime = new Map<number, Map<string | null, number>>();
  for (let row = 0; row < data.rows; row += 1) {
    const at = data.number(row, time);
    const name = data.text(row, category);
    const amount = data.number(row, value) ?? 0;
    if (at === null) continue;
    totals.set(name, (totals.get(name) ?? 0) + amount);
    const amounts = byTime.get(at) ?? new Map<string | null, number>();
    amounts.set(name, (amounts.get(name) ?? 0) + amount);
    byTime.set(at, amounts);
  }
  const bySize = [...totals].toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1])).map(([name]) => name);
  const shown = bySize.slice(0, mostSeries);
  const rest = bySize.slice(shown.length);
  const points = [...byTime].map(([at, amounts]) => {
    const values = shown.map((name) => amounts.get(name) ?? 0);
    const others = sum(rest.map((name) => amounts.get(name) ?? 0));
    return { time: at, values: rest.length > 0 ? [...values, others] : values };
  });
  const names = drawnNames(shown);
  return { names: rest.length > 0 ? [...names, otherName] : names, points: inOrder(points) };
}

/** NULL is a category too, distinct from a text that reads the same; so is the merged one. */
function drawnNames(names: readonly (string | null)[]): string[] {
  return names.map((name) => {
    if (name === null) return 'NULL';
    return (name === 'NULL' && names.includes(null)) || name === otherName ? `“${name}”` : name;
  });
}

function inOrder(points: readonly ChartPoint[]): ChartPoint[] {
  return points.filter(({ time }) => Number.isFinite(time)).toSorted((a, b) => a.time - b.time);
}
