import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../testing/seeded-random';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { workspaceAt, type Workspace } from '../workspace';
import { listEvents } from './event-files';
import { quoteText } from '../sql/quote';
import { Warehouse } from '../warehouse/warehouse';

let connection: DuckDBConnection;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  return () => {
    connection.closeSync();
    instance.closeSync();
  };
});

async function openWarehouse(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const events = (rows: number, at: string) =>
  `SELECT TIMESTAMP ${quoteText(at)} AS event_time, i AS user_id, 1::BIGINT AS team_id, 'search' AS event_name,
     '{"browser":"Opera","platform":"web"}' AS properties FROM range(1, ${rows} + 1) t(i)`;

async function writeParquet(file: string, select: string, options = ''): Promise<void> {
  const written = path.join(os.tmpdir(), `${randomUUID()}.parquet`);
  await connection.run(`COPY (${select}) TO ${quoteText(written)} (FORMAT parquet${options})`);
  // DuckDB writes to a temporary name, in which it takes a backslash for a separator.
  await mkdir(path.dirname(file), { recursive: true });
  await rename(written, file);
}

/** Number of rows that a statement returns in the warehouse's console. */
async function rowsOf(warehouse: Warehouse, sql: string): Promise<number | undefined> {
  return (await warehouse.console.run('test', sql)).result?.rows;
}

/** Two good days, and other entries below data/events, by path from there. */
async function withOdd(odd: Record<string, string | ((workspace: Workspace) => Promise<unknown>)>) {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 10:00:00' }]);
  for (const [name, content] of Object.entries(odd)) {
    if (typeof content === 'function') await content(workspace);
    else await writeParquet(path.join(workspace.eventsFolder, name), content);
  }
  return { workspace, warehouse: await openWarehouse(workspace) };
}

const someEvents = events(3, '2025-01-06 12:00:00');

describe('a folder that appears after a refresh', () => {
  test.each([
    ['date=2025-02-30', ''],
    ['date=2025-19-39', ''],
    ['date=0000-01-01', ''],
    ['date=abc', ''],
    ['date=2025-02-30', 'team_id=7'],
    ['date=0000-01-01', 'team_id=7'],
  ])('%s is not read by bronze, below "%s"', async (folder, above) => {
    const { folder: parent } = await temporaryWorkspace();
    const workspace = workspaceAt(path.join(parent, above, 'workspace'));
    await mkdir(workspace.folder, { recursive: true });
    await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 10:00:00' }]);
    const warehouse = await openWarehouse(workspace);
    await warehouse.refresh();
    const file = path.join(workspace.eventsFolder, folder, 'events-x.parquet');
    await writeParquet(file, someEvents);
    // It isn't even opened, unless it is the first by name, which gives DuckDB the columns.
    if (!folder.includes('0000')) await writeFile(file, 'no Parquet');
    await writeEvents(workspace, [{ at: '2025-01-08 10:00:00' }], 'r2');
    expect(await rowsOf(warehouse, 'SELECT * FROM bronze_events')).toBe(3);
    expect(await rowsOf(warehouse, "SELECT * FROM silver_events WHERE date = '2025-01-08'")).toBe(1);
    expect(
      await rowsOf(warehouse, "FROM (DESCRIBE bronze_events) WHERE column_name = 'date' AND column_type = 'DATE'"),
    ).toBe(1);
    expect(await warehouse.refresh()).toMatchObject({ daysChanged: 1, layerRows: { bronze: 3 } });
  });
});

describe('entries that are not read are named, with the reason, and all others work', () => {
  test.each([
    ['date=2025-02-30/events-x.parquet', 'date=2025-02-30', "this date doesn't exist"],
    ['date=2025-13-01/events-x.parquet', 'date=2025-13-01', "this date doesn't exist"],
    ['date=0000-01-01/events-x.parquet', 'date=0000-01-01', "this date doesn't exist"],
    ['date=/events-x.parquet', 'date=', 'it has no date'],
    ['date=__HIVE_DEFAULT_PARTITION__/events-x.parquet', 'date=__HIVE_DEFAULT_PARTITION__', 'it has no date'],
    ['date=2025-2-5/events-x.parquet', 'date=2025-2-5', 'the date must be in the form YYYY-MM-DD'],
    ['date=infinity/events-x.parquet', 'date=infinity', 'the date must be in the form YYYY-MM-DD'],
    ['Date=2025-01-08/events-x.parquet', 'Date=2025-01-08', 'the name must start with date= in lowercase'],
    ['day=2025-01-08/events-x.parquet', 'day=2025-01-08', 'events are read only from folders named date=YYYY-MM-DD'],
    ['events-x.parquet', 'events-x.parquet', 'events are read only from folders named date=YYYY-MM-DD'],
    ['date=2025-01-06/hour=3/events-x.parquet', 'date=2025-01-06/hour=3', "subfolders of a day's folder aren't read"],
    ['date=2025-01-06/part-0.parquet', 'date=2025-01-06/part-0.parquet', 'only files named events-….parquet are read'],
    ['date=2025-01-06/Events-0.parquet', 'date=2025-01-06/Events-0.parquet', 'only files named events-….parquet are read'],
    ['date=2025-01-06/events-x.parquet/y', 'date=2025-01-06/events-x.parquet', "it isn't a regular file"],
  ])('%s', async (name, unread, reason) => {
    const { warehouse } = await withOdd({ [name]: someEvents });
    const entry = { path: `data/events/${unread}`, reason };
    expect(await warehouse.summary()).toMatchObject({ rows: 2, unread: [entry], unreadCount: 1 });
    expect(await warehouse.days.list()).toHaveLength(2);
    const refreshed = { layerRows: { bronze: 2 }, notices: [`${entry.path} was not read: ${reason}.`] };
    expect(await warehouse.refresh()).toMatchObject(refreshed);
    expect(await rowsOf(warehouse, 'FROM bronze_events')).toBe(2);
    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', notices: refreshed.notices });
  }); // prettier-ignore

  test.skipIf(process.platform === 'win32')('links, pipes and names that are no text', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'outside-'));
    onTestFinished(() => rm(outside, { recursive: true }));
    await writeParquet(path.join(outside, 'events-x.parquet'), someEvents);
    const link = (from: string, to: string) => async (workspace: Workspace) => {
      await mkdir(path.dirname(path.join(workspace.eventsFolder, from)), { recursive: true });
      await symlink(to, path.join(workspace.eventsFolder, from));
    };
    const { warehouse, workspace } = await withOdd({
      'date=2025-01-08': link('date=2025-01-08', outside),
      'date=2025-01-09': link('date=2025-01-09', 'nowhere'),
      'date=2025-01-06/events-out.parquet': link('date=2025-01-06/events-out.parquet', path.join(outside, 'events-x.parquet')),
      'date=2025-01-06/events-lost.parquet': link('date=2025-01-06/events-lost.parquet', 'nowhere'),
      pipe: async ({ eventsFolder }) => execFileSync('mkfifo', [path.join(eventsFolder, 'date=2025-01-07', 'events-p.parquet')]),
      bytes: async ({ eventsFolder }) =>
        writeFile(Buffer.concat([Buffer.from(path.join(eventsFolder, 'date=2025-01-07/events-')), Buffer.from([0xff]), Buffer.from('.parquet')]), 'x'),
      'line\nbreak': link('line\nbreak\u001b[2J', outside),
    }); // prettier-ignore
    // Links inside the workspace are followed: of a folder and of a file.
    await writeParquet(path.join(workspace.folder, 'elsewhere', 'events-in.parquet'), someEvents);
    await symlink('../../elsewhere', path.join(workspace.eventsFolder, 'date=2025-01-10'));
    await symlink(
      '../../../elsewhere/events-in.parquet',
      path.join(workspace.eventsFolder, 'date=2025-01-06', 'events-in.parquet'),
    );
    const { unread } = await listEvents(workspace);
    expect(unread.map(({ path: name, reason }) => [name.replace('data/events/', ''), reason])).toEqual([
      ['date=2025-01-06/events-lost.parquet', 'it is a broken link'],
      ['date=2025-01-06/events-out.parquet', 'it is a link to a place outside the workspace'],
      ['date=2025-01-07/events-p.parquet', "it isn't a regular file"],
      ['date=2025-01-07/events-�.parquet', "its name isn't valid UTF-8"],
      ['date=2025-01-08', 'it is a link to a place outside the workspace'],
      ['date=2025-01-09', 'it is a broken link'],
      [String.raw`line\nbreak\u{1b}[2J`, 'events are read only from folders named date=YYYY-MM-DD'],
    ]);
    expect(await warehouse.refresh()).toMatchObject({ layerRows: { bronze: 8 } });
    expect(await rowsOf(warehouse, 'FROM bronze_events')).toBe(8);
  });

  test('a workspace with nothing else says what it found', async () => {
    const workspace = await temporaryWorkspace();
    await writeParquet(path.join(workspace.eventsFolder, 'date=2025-2-5', 'events-x.parquet'), someEvents);
    const warehouse = await openWarehouse(workspace);
    await expect(warehouse.refresh()).rejects.toMatchObject({
      code: 'NO_EVENTS',
      message: expect.stringContaining('data/events/date=2025-2-5 was not read: the date must be in the form'),
    });
  });
});

describe('a file that can be read and not used is named, and can be left out', () => {
  const odd = 'data/events/date=2025-01-08/events-x.parquet';
  const at = (time: string) => someEvents.replace(`TIMESTAMP '2025-01-06 12:00:00'`, time);
  test.each([
    ['an event at infinity', at(`TIMESTAMP 'infinity'`), 'it has an event at infinity, outside the years 1 to 9999'],
    ['one before all time', at(`TIMESTAMP '-infinity'`), 'it has an event at -infinity, outside the years 1 to 9999'],
    ['one in the year 12000', at(`TIMESTAMP '12000-01-01'`), 'it has an event at 12000-01-01'],
    ['one before the year 1', at(`TIMESTAMP '0044-03-15 (BC) 10:00:00'`), 'it has an event at 0044-03-15 (BC)'],
    ['other columns', 'SELECT 1 AS x, 2 AS y', 'it lacks event_time, user_id, team_id, event_name, properties'],
    ['other types', someEvents.replace(' AS user_id', `::VARCHAR || 'x' AS user_id`), 'user_id is VARCHAR here'],
    ['a structure', someEvents.replace('i AS user_id', '{a: i} AS user_id'), odd],
    ['no rows and no columns of ours', 'SELECT 1 AS x WHERE false', 'it lacks event_time'],
    ['times that are no times', at(`'yesterday'`), 'event_time is VARCHAR here'],
  ])('%s', async (_, select, difference) => {
    const { warehouse, workspace } = await withOdd({ 'date=2025-01-08/events-x.parquet': select });
    for (const earlier of [false, true]) {
      if (earlier) {
        await rm(path.join(workspace.folder, odd));
        await warehouse.refresh();
        await writeParquet(path.join(workspace.folder, odd), select);
      }
      expect(await warehouse.summary()).toMatchObject({ partitions: 3 });
      await expect(warehouse.refresh()).rejects.toMatchObject({
        code: 'PARQUET_DAMAGED',
        message: expect.stringContaining(difference),
      });
      expect(await warehouse.refresh({ skipDamaged: true })).toMatchObject({ leftOutFiles: [odd], layerRows: { bronze: 2 } });
      expect(await rowsOf(warehouse, 'FROM bronze_events')).toBe(2);
      expect(await warehouse.days.list()).toHaveLength(3);
    }
  }); // prettier-ignore

  test('an encrypted file is called encrypted', async () => {
    await connection.run('SET force_mbedtls_unsafe = true');
    await connection.run(`PRAGMA add_parquet_key('key', '0123456789112345')`);
    const { warehouse, workspace } = await withOdd({});
    await writeParquet(path.join(workspace.folder, odd), someEvents, `, ENCRYPTION_CONFIG {footer_key: 'key'}`);
    await expect(warehouse.refresh()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: `${odd} is an encrypted Parquet file.`,
    });
    expect(await warehouse.days.filesOf('2025-01-08')).toMatchObject([{ encrypted: true, footer: null }]);
    expect(await warehouse.refresh({ skipDamaged: true })).toMatchObject({ leftOutFiles: [odd] });
  });
});

/** Names of folders and files, of which some are read. */
const anyFolder = fc.constantFrom(
  'date=2025-01-06', 'date=2025-01-08', 'date=2025-2-5', 'date=2025-02-30', 'date=', 'date=__HIVE_DEFAULT_PARTITION__',
  'Date=2025-01-09', 'date=0001-01-01', 'date=9999-12-31', 'date=2024-02-29', 'date=2023-02-29', 'other', 'date=2025-01-10 ',
  'date=2025-01-1x', 'date=２０２５-01-01', 'date=2025-01-11/hour=3', 'date=2025-01-11',
); // prettier-ignore
const anyFile = fc.constantFrom(
  'events-a.parquet', 'events-.parquet', 'events-b=1.parquet', 'events-[x].parquet', 'events-c*.parquet', 'events-d\n.parquet',
  'events-e\\f.parquet', 'events-g=1\\h.parquet', 'EVENTS-a.parquet', 'events-a.PARQUET', 'part-0.parquet', '.events-a.parquet',
  'events-a.parquet.tmp', "events-'\".parquet", 'events-日本.parquet', 'events-?.parquet', 'events-{a,b}.parquet',
); // prettier-ignore

test.skipIf(process.platform === 'win32')(
  'bronze, the list, the calendar and gold agree on any folder',
  async () => {
    const { seed } = seededRandom('odd folders');
    const drawn = fc.array(fc.record({ folder: anyFolder, file: anyFile, rows: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom('ws', 'date=2020-01-01', 'a[b]', 'back\\slash'), async (files, name) => {
        const home = await mkdtemp(path.join(os.tmpdir(), 'odd-'));
        const folder = path.join(home, name);
        const workspace = workspaceAt(folder);
        await writeParquet(path.join(workspace.eventsFolder, 'date=2025-01-01', 'events-first.parquet'), someEvents);
        for (const { folder: day, file, rows } of files) {
          await writeParquet(path.join(workspace.eventsFolder, day, file), events(rows, '2025-01-06 12:00:00'));
        }
        const warehouse = await Warehouse.open(workspace, modelsFolder);
        try {
          const { layerRows } = await warehouse.refresh();
          const listed = (await warehouse.summary()).rows;
          const calendar = (await warehouse.days.list()).reduce((sum, { rows }) => sum + rows, 0);
          const byDay = await rowsOf(warehouse, 'FROM bronze_events WHERE date IS NOT NULL');
          const gold = await rowsOf(warehouse, 'SELECT unnest(range(events)) FROM gold_weekly_events_by_type');
          expect({ bronze: layerRows?.bronze, calendar, byDay, gold }).toEqual({
            bronze: listed,
            calendar: listed,
            byDay: listed,
            gold: listed,
          });
          expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
        } finally {
          await warehouse.close();
          await rm(home, { recursive: true });
        }
      }),
      { seed, numRuns: 12 },
    );
  },
  300_000,
);
