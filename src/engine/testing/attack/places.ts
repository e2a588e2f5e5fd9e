import { logEntryOf } from '../generation';
import { days, stagedId, type TemplateNames } from './template';

/** The parts of a workspace; operations list those they concern. */
export type Part =
  'events' | 'staging' | 'trash' | 'log' | 'lock' | 'exports' | 'models' | 'queries' | 'database' | 'other';

/** A path that the app reads, writes, moves or deletes. */
export interface Place {
  readonly name: string;
  readonly part: Part;
  readonly kind: 'folder' | 'file' | 'json';
  /** From the workspace, with slashes. */
  readonly path: (names: TemplateNames) => string;
  /** For JSON: a valid document with `text` in place of every id and path. */
  readonly forge?: (text: string, names: TemplateNames) => unknown;
}

const staged = `data/.staging/${stagedId}`;
const [firstDay, secondDay, thirdDay, fourthDay] = days;
const deletion = (rest: string) => (names: TemplateNames) => `data/.trash/${names.deletion}${rest}`;
const holder = (text: string) => ({ pid: 1, host: text, start: text });

function place(part: Part, kind: Place['kind'], path: string | Place['path'], forge?: Place['forge']): Place {
  const of = typeof path === 'string' ? () => path : path;
  const symbols = { deletion: '<id>', eventFile: '<file>', deletedFile: '<file>', copyAside: '.copy', exportAside: '.export' }; // prettier-ignore
  return { name: of(symbols), part, kind, path: of, ...(forge && { forge }) };
}

export const places: readonly Place[] = [
  place('events', 'folder', 'data'),
  place('events', 'folder', 'data/events'),
  place('events', 'folder', `data/events/date=${firstDay}`),
  place('events', 'folder', `data/events/date=${secondDay}`),
  place('events', 'file', ({ eventFile }) => `data/events/date=${secondDay}/${eventFile}`),
  place('events', 'file', `data/events/date=${secondDay}/events-a\nb.parquet`),
  place('events', 'folder', 'data/events/date=2024-01-07'),
  place('staging', 'folder', 'data/.staging'),
  place('staging', 'folder', staged),
  place('staging', 'folder', `${staged}.discarded`),
  place('staging', 'folder', `${staged}/events`),
  place('staging', 'folder', `${staged}/events/date=${thirdDay}`),
  place('staging', 'file', `${staged}/events/date=${thirdDay}/events-${stagedId}-0-0.parquet`),
  place('staging', 'folder', `${staged}/replaced`),
  place('staging', 'folder', `${staged}/replaced/date=${fourthDay}`),
  place('staging', 'file', `${staged}/replaced/date=${fourthDay}/events-old.parquet`),
  place('staging', 'json', `${staged}/journal.json`, (text) => ({ version: 1, replaced: [text], entry: null })),
  place('staging', 'json', `${staged}/journal.json`, (text) => ({ version: 1, replaced: [], entry: logEntryOf(text) })),
  place('staging', 'json', `${staged}/journal.json.new`, (text) => ({ version: 1, replaced: [text], entry: null })),
  place('staging', 'folder', `${staged}/generators`),
  place('staging', 'json', `${staged}/generators/1.json`, holder),
  place('staging', 'folder', `${staged}/spill`),
  place('staging', 'file', `${staged}/spill/x.tmp`),
  place('trash', 'folder', 'data/.trash'),
  place('trash', 'folder', deletion('')),
  place('trash', 'folder', deletion('.discarded')),
  place('trash', 'folder', deletion('/events')),
  place('trash', 'folder', deletion('/events/date=2024-01-06')),
  place('trash', 'file', ({ deletion: id, deletedFile }) => `data/.trash/${id}/events/date=2024-01-06/${deletedFile}`),
  place('trash', 'json', deletion('/deletion.json'), (id) => ({ id, deletedAt: '2099-01-01T00:00:00.000Z', days: ['2024-01-06'], files: 1, afterRun: id })), // prettier-ignore
  place('trash', 'file', deletion('/moving')),
  place('trash', 'file', deletion('/restoring')),
  place('log', 'json', 'data/runs.jsonl', (text) => logEntryOf(text)),
  place('log', 'folder', 'data/runs'),
  place('log', 'json', 'data/runs/20250101T000000000-aaaaaa.json', (text) => logEntryOf(text)),
  place('lock', 'json', 'data/generate.lock', (text) => ({ token: text, program: text, process: holder(text) })),
  place('lock', 'json', 'data/generate.lock.takeover', (text) => ({ token: text, program: text, process: holder(text) })), // prettier-ignore
  place('exports', 'folder', 'exports'),
  place('exports', 'file', 'exports/gold_daily_revenue.parquet'),
  place('exports', 'file', 'exports/.gold_daily_revenue.parquet.1.new'),
  place('exports', 'file', 'exports/.gold_daily_revenue.parquet.2.new'),
  place('exports', 'file', 'exports/tmp_out.csv'),
  place('exports', 'file', 'exports/out.csv'),
  place('exports', 'folder', 'exports/parts'),
  place('exports', 'folder', 'exports/parts/part=0'),
  place('exports', 'file', ({ exportAside }) => `exports/${exportAside}`),
  place('exports', 'folder', ({ copyAside }) => `exports/${copyAside}`),
  place('exports', 'folder', ({ copyAside }) => `exports/${copyAside}/written`),
  place(
    'exports',
    'json',
    ({ copyAside }) => `exports/${copyAside}/target.json`,
    (target) => ({ target }),
  ),
  place('models', 'folder', 'models'),
  place('models', 'file', 'models/mine.sql'),
  place('models', 'file', 'models/new.sql'),
  place('queries', 'folder', 'queries'),
  place('queries', 'file', 'queries/mine.sql'),
  place('queries', 'file', 'queries/new.sql'),
  // Folders that the app doesn't know, such as those of a later version.
  place('other', 'folder', 'boards'),
  place('other', 'json', 'boards/mine.json', (text) => ({ name: text, charts: [text] })),
  place('other', 'folder', 'data/other'),
  place('database', 'file', 'micro_warehouse.duckdb'),
  place('database', 'file', 'micro_warehouse.duckdb.wal'),
  place('database', 'folder', 'micro_warehouse.duckdb.tmp'),
  place('database', 'file', 'micro_warehouse.duckdb.tmp/duckdb_temp_storage_DEFAULT-0.tmp'),
];
