import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** The part of nodejs-polars that is used; only the benchmark installs the package. */
interface Polars {
  DataFrame(columns: Record<string, unknown[]>): { writeParquet(file: string, options: { compression: string }): void };
}

const names = ['page_view', 'button_click', 'form_submit', 'video_play', 'purchase', 'search', 'sign_in', 'share'];
const keys = ['page_url', 'button_id', 'form_id', 'product_id', 'category', 'price', 'quantity', 'browser'];
const batchRows = 50_000;
const firstDay = Date.UTC(2023, 0, 1);
const days = 1096;
const msPerDay = 86_400_000;

/** The straightforward program in Node: rows in JavaScript, JSON per row, a data frame per batch, split by day. */
function main(modules: string, folder: string, rows: number): void {
  const polars = require(path.join(modules, 'nodejs-polars')) as Polars;
  for (let start = 0, batch = 0; start < rows; start += batchRows, batch += 1) {
    const byDay = new Map<string, Record<string, unknown[]>>();
    for (let row = start; row < Math.min(start + batchRows, rows); row += 1) {
      // Batches of consecutive days, so that a batch doesn't write a file into each of the 1,096 folders.
      const day = Math.floor((row / rows) * days);
      const date = new Date(firstDay + day * msPerDay).toISOString().slice(0, 10);
      const columns = byDay.get(date) ?? { event_time: [], user_id: [], team_id: [], event_name: [], properties: [] };
      byDay.set(date, columns);
      columns.event_time?.push(new Date(firstDay + day * msPerDay + Math.floor(Math.random() * msPerDay)));
      columns.user_id?.push(1 + Math.floor(Math.random() * 100_000));
      columns.team_id?.push(1 + Math.floor(Math.random() * 1_000));
      columns.event_name?.push(names[Math.floor(Math.random() * names.length)]);
      columns.properties?.push(properties());
    }
    for (const [date, columns] of byDay) {
      const target = path.join(folder, `date=${date}`);
      mkdirSync(target, { recursive: true });
      polars.DataFrame(columns).writeParquet(path.join(target, `events-${batch}.parquet`), { compression: 'snappy' });
    }
  }
}

function properties(): string {
  const chosen: Record<string, string> = {};
  const count = 2 + Math.floor(Math.random() * 4);
  while (Object.keys(chosen).length < count) {
    const key = keys[Math.floor(Math.random() * keys.length)] ?? 'page_url';
    chosen[key] = `${key}-${Math.floor(Math.random() * 1_000)}`;
  }
  return JSON.stringify(chosen);
}

const [modules = '', folder = '', rows = ''] = process.argv.slice(2);
main(modules, folder, Number(rows));
