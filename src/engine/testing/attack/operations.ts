import { advanceRequest } from '../../generation/plan/advance';
import { repeatDay } from '../../generation/run/repeat-day';
import { readRunLog } from '../../commit/run-log';
import { generate, generateRequest, inProcessWorker, sqlFolder } from '../generation';
import { QueryFiles } from '../../console/query-files';
import { newExportId } from '../../results/export-file';
import { recoverWhenOpened } from '../../warehouse/recover-workspace';
import { emptyTrash } from '../../commit/trash';
import { Warehouse } from '../../warehouse/warehouse';
import type { Workspace } from '../../workspace';
import type { SeededRandom } from '../seeded-random';
import { hostileTexts, pick } from './kinds';
import type { Part } from './places';
import { days, modelsFolder } from './template';

/** Something that a user does with the workspace. */
export interface Operation {
  readonly name: string;
  /** The parts of the workspace that it concerns; all if not given. */
  readonly parts: readonly Part[];
  /** @param random draws the arguments */
  readonly run: (workspace: Workspace, random: SeededRandom) => Promise<unknown>;
}

type OnWarehouse = (warehouse: Warehouse, random: SeededRandom) => Promise<unknown>;

async function withWarehouse(workspace: Workspace, work: (warehouse: Warehouse) => Promise<unknown>): Promise<void> {
  const warehouse = await Warehouse.open(workspace, modelsFolder, { threads: 1 });
  try {
    await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const onWarehouse = (name: string, parts: readonly Part[], work: OnWarehouse): Operation => ({
  name,
  parts,
  run: (workspace, random) => withWarehouse(workspace, (warehouse) => work(warehouse, random)),
});

const onQueries = (name: string, work: (queries: QueryFiles, random: SeededRandom) => Promise<unknown>): Operation => ({
  name,
  parts: ['queries'],
  run: (workspace, random) => work(new QueryFiles(workspace), random),
});

/** Half of the time an ordinary value. */
function textOr(random: SeededRandom, honest: string): string {
  return random.below(2) === 0 ? honest : pick(random, hostileTexts);
}

const dayOr = (random: SeededRandom) => textOr(random, pick(random, days));

const small = { rows: 300, start: '2024-01-04', end: '2024-01-08', seed: 3 };

const copyTargets = [
  'exports/out.csv', 'exports/new.csv', '../../Documents/note.txt', '../another/exports/out.csv', 'exports/../../another/x.csv',
  '~/note.txt', 'data/events/date=2024-01-02/events-x.parquet', 'exports/gold_daily_revenue.parquet', 'exports/', 'models/mine.sql',
  'exports/.hidden/x.csv', 'micro_warehouse.duckdb', '/dev/stdout',
] as const; // prettier-ignore

const copyOut = (name: string, rest: string, target: (random: SeededRandom) => string) =>
  onWarehouse(name, ['exports', 'database'], ({ console }, random) => {
    const file = target(random).replaceAll("'", "''");
    const sql = `COPY (SELECT i, i % 2 AS part FROM range(1000) t(i)) TO '${file}' ${rest}`;
    return console.run('tab', sql, { allowChanges: true });
  });

const generations: readonly Operation[] = [
  { name: 'generate', parts: ['events', 'staging', 'log', 'lock', 'trash'], run: (workspace) => generate(workspace, small) },
  { name: 'generate anew', parts: ['events', 'staging', 'log', 'lock', 'trash'], run: (workspace) => generate(workspace, { ...small, mode: 'replace' }) },
  {
    name: 'advance',
    parts: ['events', 'staging', 'log', 'lock'],
    run: async (workspace) => generateRequest(workspace, { ...(await advanceRequest(workspace, 2)), workers: 1 }),
  },
  {
    name: 'regenerate',
    parts: ['events', 'staging', 'log', 'lock'],
    run: (workspace, random) =>
      repeatDay({
        workspace,
        date: dayOr(random),
        program: 'a test',
        sqlFolder,
        spawnWorker: () => inProcessWorker(),
        signal: new AbortController().signal,
      }),
  },
]; // prettier-ignore

export const operations: readonly Operation[] = [
  { name: 'open', parts: [], run: (workspace) => recoverWhenOpened(workspace, () => undefined) },
  { name: 'read the log', parts: ['log'], run: (workspace) => readRunLog(workspace) },
  ...generations,
  onWarehouse('open the warehouse', ['exports', 'database'], async () => undefined),
  onWarehouse('query', ['database', 'exports', 'events'], ({ console }) => console.run('tab', 'SELECT 1')),
  onWarehouse('query gold', ['database', 'events', 'models'], ({ console }, random) =>
    console.run('tab', `SELECT count(*) FROM ${pick(random, ['gold_daily_revenue', 'silver_events', 'bronze_events', 'gold_mine', 'refresh_log'])}`)), // prettier-ignore
  onWarehouse('look', ['database', 'events', 'models'], async (warehouse) => {
    await warehouse.summary();
    await warehouse.days.list();
    await warehouse.models();
  }),
  onWarehouse('list everything', ['events', 'staging', 'trash', 'exports', 'models', 'queries'], async (warehouse) => {
    const { workspace, console, language } = warehouse;
    await warehouse.summary();
    for (const { date } of await warehouse.days.list()) await warehouse.days.filesOf(date);
    await warehouse.days.deletions();
    await language.schema();
    await language.complete("SELECT * FROM 'exports/");
    const queries = new QueryFiles(workspace);
    for (const { name } of await queries.list()) await queries.read(name);
    await console.run('tab', "SELECT * FROM glob('*') UNION ALL FROM glob('*/*') UNION ALL FROM glob('data/events/*/*')");
  }),
  onWarehouse('refresh', ['database', 'events', 'exports', 'models', 'trash'], (warehouse) => warehouse.refresh()),
  onWarehouse('refresh in full', ['database', 'events', 'exports', 'models'], (warehouse) =>
    warehouse.refresh({ mode: 'full' })),
  onWarehouse('delete a day', ['events', 'trash', 'staging', 'lock'], (warehouse, random) =>
    warehouse.days.change((change) => change.remove([dayOr(random)]))),
  onWarehouse('undo', ['events', 'trash', 'lock', 'log'], async (warehouse, random) => {
    const [known] = await warehouse.days.deletions();
    await warehouse.days.change((change) => change.restore(textOr(random, known?.id ?? '')));
  }),
  { name: 'make deletions final', parts: ['trash'], run: (workspace) => emptyTrash(workspace) },
  onWarehouse('compact', ['events', 'staging', 'lock'], (warehouse, random) =>
    warehouse.days.change((change) => change.compact(dayOr(random)))),
  copyOut('COPY to a file', '(FORMAT csv)', (random) => pick(random, copyTargets)),
  copyOut('COPY to exports', '(FORMAT csv)', () => 'exports/out.csv'),
  copyOut('COPY to a hostile name', '(FORMAT csv)', (random) => `exports/${pick(random, hostileTexts)}`),
  copyOut('COPY to a folder', '(FORMAT csv, PARTITION_BY (part), OVERWRITE)', () => 'exports/parts'),
  copyOut('COPY per thread', '(FORMAT parquet, PER_THREAD_OUTPUT)', () => 'exports/threads'),
  onWarehouse('export a result', ['exports', 'database'], async ({ console }) => {
    const { result } = await console.run('tab', 'SELECT i FROM range(100) t(i)');
    await console.results.export(result?.resultId ?? '', 'csv', await newExportId());
  }),
  onWarehouse('save a metric', ['models', 'database'], ({ ownMetrics }, random) =>
    ownMetrics.save({
      name: textOr(random, 'new'),
      summary: pick(random, hostileTexts),
      grain: pick(random, hostileTexts),
      sql: 'SELECT count(*) AS events FROM silver_events',
    })),
  onQueries('save a query', (queries, random) =>
    queries.save(textOr(random, pick(random, ['mine.sql', 'new.sql'])), 'SELECT 2', { replaces: pick(random, [null, 'SELECT 1']) })),
  onQueries('read queries', async (queries) => {
    for (const { name } of await queries.list()) await queries.read(name);
  }),
  onQueries('read a query', (queries, random) => queries.read(textOr(random, 'mine.sql'))),
  onQueries('rename a query', (queries, random) => queries.rename(textOr(random, 'mine.sql'), textOr(random, 'new.sql'))),
  onQueries('remove a query', (queries, random) => queries.remove(textOr(random, 'mine.sql'))),
]; // prettier-ignore

/** The operations that concern a part of the workspace. */
export function operationsOn(part: Part): readonly Operation[] {
  if (part === 'other') return operations;
  return operations.filter(({ parts }) => parts.length === 0 || parts.includes(part));
}
