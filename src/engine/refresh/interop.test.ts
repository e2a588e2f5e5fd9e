import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { recomputeGold } from '../testing/recompute-gold';
import { modelsFolder, writeEvents, type HandMadeEvent } from '../testing/temporary-workspace';
import { workspaceAt, type Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const run = promisify(execFile);
const rows = 100_000;
const names = ['page_view', 'add_to_cart', 'checkout', 'purchase', 'search', 'sign_up', 'share'];

/** A random number generator below `limit`, the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function someEvents(): HandMadeEvent[] {
  const next = numbers(11);
  return Array.from({ length: rows }, () => {
    const time = Date.UTC(2024, 10, 1) + next(120) * 86_400_000 + next(86_400_000);
    // Teams start one after the other, so that cohorts differ.
    const team = 1 + next(Math.ceil((time - Date.UTC(2024, 9, 25)) / 86_400_000 / 2));
    const properties: Record<string, unknown> = { platform: 'web', browser: 'Opera' };
    if (next(2) === 0) properties.price = next(100_000) / 100;
    if (next(2) === 0) properties.quantity = 1 + next(9);
    return {
      at: new Date(time).toISOString().slice(0, 23).replace('T', ' '),
      user: next(50) === 0 ? null : 1 + next(3_000),
      team,
      event: names[next(names.length)] ?? '',
      properties: JSON.stringify(properties),
    };
  });
}

let workspace: Workspace;
let events: HandMadeEvent[];

beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'interop-'));
  workspace = workspaceAt(folder);
  events = someEvents();
  await writeEvents(workspace, events);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  await warehouse.refresh();
  await warehouse.close();
  return () => rm(folder, { recursive: true, force: true });
});

test(`every gold table equals what plain TypeScript makes of the ${rows} raw rows`, async () => {
  const instance = await DuckDBInstance.create(workspace.database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  for (const [table, expected] of Object.entries(recomputeGold(events))) {
    expect((await connection.runAndReadAll(`FROM ${table}`)).getRowsJson(), table).toEqual(expected);
  }
  connection.closeSync();
  instance.closeSync();
});

/**
 * Installs Python with `duckdb` and `pyarrow` into a separate folder; returns null, with the reason, if that isn't
 * possible.
 */
async function installPython(folder: string): Promise<string | null> {
  const packages = ['duckdb', 'pyarrow'];
  try {
    await run('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, ...packages]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error);
  }
} // prettier-ignore

const script = `
import duckdb, glob, json, os, pyarrow.parquet, sys
folder = sys.argv[1]
con = duckdb.connect(os.path.join(folder, 'micro_warehouse.duckdb'), read_only=True)
query = lambda sql: con.execute(sql).fetchall()
gold = [name for (name,) in query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'gold_%' ORDER BY 1")]
print(json.dumps({
    'bronze': query('SELECT * FROM bronze_events LIMIT 10'),
    'silver': query('SELECT * FROM silver_events LIMIT 10'),
    'weekly': query('SELECT * FROM gold_weekly_active_teams'),
    'types': query('SELECT event_name, COUNT(*), COUNT(DISTINCT user_id) FROM silver_events GROUP BY 1 ORDER BY 2 DESC'),
    'gold': {name: query(f'SELECT count(*) FROM {name}')[0][0] for name in gold},
    'exports': {os.path.basename(file)[:-8]: pyarrow.parquet.read_table(file).num_rows
                for file in glob.glob(os.path.join(folder, 'exports', '*.parquet'))},
}, default=str))
`;

describe('from Python, in another working directory', () => {
  test('duckdb reads every layer and pyarrow every export', { timeout: 300_000 }, async ({ skip }) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'interop-python-'));
    try {
      const problem = await installPython(folder);
      if (problem) skip(`Python's duckdb and pyarrow can't be installed here: ${problem}`);
      await writeFile(path.join(folder, 'read.py'), script);
      const env = { ...process.env, PYTHONPATH: folder };
      const { stdout } = await run('python3', ['read.py', workspace.folder], { cwd: folder, env });
      const read: Record<'bronze' | 'silver' | 'weekly' | 'types', unknown[][]> &
        Record<'gold' | 'exports', Record<string, number>> = JSON.parse(stdout);
      const silver = events.filter(({ user }) => user !== null);
      const expected = recomputeGold(events);
      expect([read.bronze.length, read.silver.length]).toEqual([10, 10]);
      expect(read.weekly).toEqual(expected.gold_weekly_active_teams?.map(([week, teams]) => [week, Number(teams)]));
      expect(read.types).toEqual(
        names
          .map((name) => silver.filter(({ event }) => event === name))
          .map((group) => [group[0]?.event, group.length, new Set(group.map(({ user }) => user)).size])
          .toSorted((a, b) => Number(b[1]) - Number(a[1])),
      );
      expect(read.gold).toEqual(
        Object.fromEntries(Object.entries(expected).map(([name, table]) => [name, table.length])),
      );
      expect(read.exports).toEqual(read.gold);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
