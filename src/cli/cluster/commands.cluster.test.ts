import { beforeAll, expect, test } from 'vitest';
import { buildCommandLine, run } from '../testing/command-line';
import { generate } from '../../engine/testing/generation';
import { temporaryWorkspace } from '../../engine/testing/temporary-workspace';
import { differences, sharedData, withWarehouse } from '../../engine/cluster/testing/real-cluster';

beforeAll(buildCommandLine);

test('the command line tests, sets up and refreshes, with the password from the environment', async () => {
  const { workspace, access } = await sharedData('cli');
  const { server, user, caFile, eventsCatalog, eventsSchema, resultsCatalog, resultsSchema, location } =
    access.settings;
  await generate(workspace, { rows: 5_000, start: '2025-01-01', end: '2025-01-31' });
  const home = await temporaryWorkspace();
  const cluster = [
    '--server', server, '--user', user, '--ca', caFile ?? '', '--events-catalog', eventsCatalog, '--events-schema', eventsSchema,
    '--results-catalog', resultsCatalog, '--results-schema', resultsSchema, '--location', location,
  ]; // prettier-ignore
  process.env['MICRO_WAREHOUSE_CLUSTER_PASSWORD'] = 'secret';
  try {
    const plain = await run(['cluster', 'setup', ...cluster], home.folder);
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining('Add --yes') });
    expect(plain.stdout).toContain('CREATE SCHEMA IF NOT EXISTS "warehouse"."results_cli"');
    const early = await run(['refresh', '--on', 'cluster', ...cluster], home.folder);
    expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining("isn't set up") });
    expect(await run(['cluster', 'setup', '--yes', ...cluster], home.folder)).toMatchObject({ code: 0 });
    const report = await run(['cluster', 'test', '--json', ...cluster], home.folder);
    expect(JSON.parse(report.stdout)).toMatchObject({
      version: '476',
      isSetUp: true,
      writeResults: { possible: true },
    });
    const refreshed = await run(['refresh', '--on', 'cluster', '--json', ...cluster], home.folder);
    expect(JSON.parse(refreshed.stdout)).toMatchObject({ status: 'succeeded', cluster: { server, refreshId: 1 } });
    await withWarehouse(workspace, (warehouse) => warehouse.refresh());
    expect(await differences(home, workspace, ['gold_weekly_active_teams', 'gold_team_retention'])).toEqual([]);
    for (const { stdout, stderr } of [plain, early, report, refreshed]) expect(stdout + stderr).not.toContain('secret');
  } finally {
    delete process.env['MICRO_WAREHOUSE_CLUSTER_PASSWORD'];
  }
});
