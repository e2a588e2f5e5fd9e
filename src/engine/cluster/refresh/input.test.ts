import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadChecks } from '../../models/check-file';
import { loadAllModels } from '../../models/models';
import { modelsFolder, temporaryWorkspace } from '../../testing/temporary-workspace';
import { checkFingerprint, compare, programOf, type ClusterProgram } from './input';
import type { ClusterRefreshRecord } from './state';

async function programWith(files: Record<string, string>): Promise<ClusterProgram> {
  const workspace = await temporaryWorkspace();
  await mkdir(workspace.modelsFolder);
  for (const [name, sql] of Object.entries(files)) await writeFile(path.join(workspace.modelsFolder, name), sql);
  return programOf(await loadAllModels(modelsFolder, workspace), await loadChecks(modelsFolder));
}

test('a metric of the user runs on the cluster if it is portable or has a text for it', async () => {
  const program = await programWith({
    'good.sql': 'SELECT event_name, count(*) AS n FROM silver_events GROUP BY 1',
    'grouped.sql': 'SELECT event_name, count(*) AS n FROM silver_events\nGROUP BY ALL',
    'twin.sql': 'SELECT event_name, list(date) AS days FROM silver_events GROUP BY ALL',
    'twin.trino.sql': 'SELECT event_name, array_agg(date) AS days FROM silver_events GROUP BY 1',
    'far.sql': 'SELECT 1::INT AS x FROM silver_events',
    'far.trino.sql': 'SELECT * FROM hr.people, silver_events',
    'reader.sql': 'SELECT n FROM gold_grouped',
  });
  const own = program.models.filter(({ origin }) => origin === 'user').map(({ name }) => name);
  expect(own.toSorted()).toEqual(['gold_good', 'gold_twin']);
  expect(program.texts.get('gold_twin')).toContain('array_agg');
  expect(program.notPortable.get('gold_grouped')).toEqual([
    { line: 2, reason: 'GROUP BY ALL exists only in DuckDB; name the columns or their numbers' },
  ]);
  expect(program.notPortable.get('gold_far')).toEqual([{ line: 1, reason: 'it names a table of another schema' }]);
  expect(program.checks.filter(({ condition }) => condition !== null).map(({ check }) => check.name)).toEqual([
    'event_name_known', 'event_time_in_day', 'ids_in_range', 'properties_valid', 'user_is_known',
  ]); // prettier-ignore
});

const day = (n: number) => `2025-01-${String(n).padStart(2, '0')}`;
const file = (n: number, version = 'v1') => ({
  path: `s3://b/date=${day(n)}/events-1.parquet`,
  date: day(n),
  bytes: 10,
  version,
});

test('days whose files are new, gone, rewritten, or left out differently are the changed ones', async () => {
  const program = await programWith({});
  const models = program.models.map(({ name, layer }) => ({
    name, layer, fingerprint: program.fingerprints.get(name) ?? '', definition: '', rows: 1, refreshId: 1, problem: null,
  })); // prettier-ignore
  const checks = Object.fromEntries(program.checks.map((check) => [check.check.name, checkFingerprint(check)]));
  const leftOut = { path: 's3://b/date=2025-01-20/events-1.parquet', date: day(20) };
  const last = { state: { models, checks, leftOut: [leftOut], snapshots: {} } } as unknown as ClusterRefreshRecord;
  const before = Array.from({ length: 18 }, (_, index) => file(index + 1));
  const files = [...before.slice(1, 17), file(18, 'v2'), file(19)];
  const of = (lists: object, mode: 'auto' | 'full' = 'auto') =>
    compare(program, last, { files, before, leftOut: [leftOut], missing: new Set<string>(), ...lists }, mode);
  expect(of({})).toMatchObject({ changedDays: [day(1), day(18), day(19)], full: false, forced: new Set() });
  expect(of({ leftOut: [] }).changedDays).toEqual([day(1), day(18), day(19), day(20)]);
  expect(of({ files: before, leftOut: [leftOut] })).toMatchObject({ changedDays: [], newChecks: new Set() });
  expect(of({ files: before, missing: new Set(['gold_top_teams']) }).forced).toEqual(new Set(['gold_top_teams']));
  expect(of({ files: before.slice(0, 5) }).full).toBe(true);
  expect(of({}, 'full').full).toBe(true);
});
