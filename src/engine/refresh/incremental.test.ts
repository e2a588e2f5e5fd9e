import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HandMadeEvents, type RawEvent } from '../testing/hand-made-events';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { loadAllModels, selectOf } from '../models/models';
import { countSchema, readRows } from '../sql/read-rows';
import { Warehouse } from '../warehouse/warehouse';

/**
 * The expected result of a full refresh of the current files: every model as a table, in a plain DuckDB that shares no
 * code with the refresh. Returns the number of differing rows for each table of the warehouse.
 */
class Reference {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly workspace: Workspace,
  ) {}

  static async open(workspace: Workspace): Promise<Reference> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    onTestFinished(() => {
      connection.closeSync();
      instance.closeSync();
    });
    await connection.run('SET enable_external_file_cache = false');
    return new Reference(connection, workspace);
  }

  async differences(): Promise<Record<string, number>> {
    const { models } = await loadAllModels(modelsFolder, this.workspace);
    for (const model of models) {
      await this.connection.run(`CREATE OR REPLACE TEMP TABLE ${model.name} AS ${selectOf(model, this.workspace)}`);
    }
    const tables = models.filter(({ kind }) => kind !== 'view').map(({ name }) => name);
    const counts = tables.map(
      (name) => `SELECT '${name}' AS name, count(*) AS rows FROM (
        SELECT r FROM (SELECT r, 1 AS side FROM ${name} AS r UNION ALL SELECT r, -1 FROM w.${name} AS r)
        GROUP BY r HAVING sum(side) <> 0)`,
    );
    await this.connection.run(`ATTACH '${this.workspace.database}' AS w (READ_ONLY)`);
    try {
      const schema = z.object({ name: z.string(), rows: countSchema });
      const rows = await readRows(this.connection, counts.join(' UNION ALL '), schema);
      return Object.fromEntries(rows.filter((row) => row.rows > 0).map((row) => [row.name, row.rows]));
    } finally {
      await this.connection.run('DETACH w');
    }
  }
}

const firstDay = Date.UTC(2024, 11, 25);
const day = (index: number) => new Date(firstDay + index * 86_400_000).toISOString().slice(0, 10);
const names = ['page_view', 'add_to_cart', 'checkout', 'purchase', 'purchase', 'search', 'no_such_event'];
const properties = ['{"price":2.5,"quantity":2}', '{"price":10.01,"browser":"Opera"}', '', 'not JSON', null];

/** Mostly clean rows; some are of another day, or have no time, user or team. */
const rawEvent = (date: string): fc.Arbitrary<RawEvent> =>
  fc.record({
    at: fc.oneof(
      {
        weight: 20,
        arbitrary: fc
          .integer({ min: 0, max: 86_399 })
          .map((second) => new Date(Date.parse(date) + second * 1000).toISOString().slice(0, 19)),
      },
      {
        weight: 1,
        arbitrary: fc
          .integer({ min: -40, max: 40 })
          .map((offset) => `${new Date(Date.parse(date) + offset * 86_400_000).toISOString().slice(0, 10)} 12:00:00`),
      },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    user: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    team: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    event: fc.constantFrom(...names),
    properties: fc.constantFrom(...properties),
  });

const dayIndex = fc.integer({ min: 0, max: 45 });
const eventsOf = (index: number) => fc.array(rawEvent(day(index)), { minLength: 1, maxLength: 6 });
const filesOf = (kind: 'append' | 'replace', length: number) =>
  fc
    .array(
      dayIndex.chain((index) => eventsOf(index).map((events) => ({ index, events }))),
      { minLength: 1, maxLength: length },
    )
    .map((files) => ({ kind, files }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: filesOf('append', 3) },
  { weight: 1, arbitrary: filesOf('replace', 6) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rewrite' as const), pick: fc.nat(), events: eventsOf(0) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), events: eventsOf(1) }) },
); // prettier-ignore
type Step =
  | { kind: 'append' | 'replace'; files: { index: number; events: RawEvent[] }[] }
  | { kind: 'delete'; pick: number }
  | { kind: 'rewrite'; pick: number; events: RawEvent[] }
  | { kind: 'advance'; events: RawEvent[] };

/** Moves the events of a day to another one, keeping their oddities. */
function onDay(events: readonly RawEvent[], date: string): RawEvent[] {
  return events.map((event) => ({ ...event, at: event.at && `${date} ${event.at.slice(11)}` }));
}

const plain: RawEvent = {
  at: '2024-12-25 12:00:00',
  user: 1,
  team: 1,
  event: 'purchase',
  properties: '{"price":1,"quantity":2}',
};

// Some by default, to keep `npm test` short; `npm run attack` sets more.
const sequences = Number(process.env['SEQUENCES'] ?? 80);

let fileNumber = 0;

async function apply(change: Step, writer: HandMadeEvents): Promise<void> {
  const files = await writer.list();
  const dates = [...new Set(files.map(([date]) => date))];
  if ('files' in change) {
    if (change.kind === 'replace') await writer.removeAll();
    for (const { index, events } of change.files) await writer.write(day(index), `a${(fileNumber += 1)}`, events);
  } else if (change.kind === 'advance') {
    const next = new Date(Date.parse(dates.at(-1) ?? day(0)) + 86_400_000).toISOString().slice(0, 10);
    await writer.write(next, `n${(fileNumber += 1)}`, onDay(change.events, next));
  } else if (change.kind === 'delete') {
    const date = dates[change.pick % dates.length];
    if (date && dates.length > 1) await writer.remove(date);
  } else {
    const file = files[change.pick % files.length];
    if (file) await writer.write(...file, onDay(change.events, file[0]));
  }
}

test('any sequence of changes leaves the same tables as a full refresh', { timeout: 1_200_000 }, async () => {
  const workspace = await temporaryWorkspace();
  const writer = await HandMadeEvents.open(workspace);
  const reference = await Reference.open(workspace);
  const warehouse = await Warehouse.open(workspace, modelsFolder, { threads: 1 });
  onTestFinished(() => warehouse.close());
  await mkdir(workspace.modelsFolder);
  await writeFile(path.join(workspace.modelsFolder, 'own.sql'), 'SELECT team_id, max(event_time) AS last FROM silver_events GROUP BY ALL');
  await apply({ kind: 'replace', files: [{ index: 0, events: [plain] }, { index: 9, events: [plain] }] }, writer);
  const modes: Record<string, number> = {};
  let refreshes = 0;
  await fc.assert(
    // Each sequence continues from the previous one, which gives one long history and a fast test.
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 2 }), async (changes) => {
      for (const change of changes) {
        await apply(change, writer);
        // Every other refresh reads the files as if they were too large for memory.
        const { mode = '' } = await warehouse.refresh(refreshes++ % 2 === 0 ? {} : { mostStagedBytes: 0 });
        modes[mode] = (modes[mode] ?? 0) + 1;
        expect(await reference.differences()).toEqual({});
      }
    }),
    { numRuns: sequences, seed: Number(process.env['TEST_SEED'] ?? 4), endOnFailure: true },
  );
  expect(modes.incremental).toBeGreaterThan(sequences / 2);
}); // prettier-ignore
