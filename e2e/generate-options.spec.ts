import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';
import { openPanel } from './support/generate-panel';
import { parseRecipe } from '../src/contract/recipe-line';

/** The text typed into each field, by label and collapsed group, and the resulting recipe words. */
const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Days, users and teams': { Start: '2024-01-01', End: '2024-04-30', Users: '700', Teams: '30', Seed: '9' },
  'Planted facts': {
    'Launch on': '2024-02-01',
    Multiplier: '1.7',
    'Outage on': '2024-03-05',
    'Signed up in': '2024-02',
    'Leave on': '2024-04-01',
  },
  Mess: {
    'Null users': '5',
    'Empty properties': '4',
    Duplicates: '3',
    'Late events': '2',
    'Malformed JSON': '1',
    'Drift from': '2024-03-01',
    Share: '30',
  },
  'Event weights': { purchase: '2', search: '0.5' },
  'Files and workers': { Workers: '3', 'Rows per row group': '4096' },
};

const line =
  'mw1 realistic rows=6000 days=2024-01-01..2024-04-30 users=700 teams=30 seed=9 weights=purchase:2,search:0.5 ' +
  'launch=2024-02-01*1.7 outage=2024-03-05 churn=2024-02@2024-04-01 null-users=0.05 empty-properties=0.04 ' +
  'duplicates=0.03 late-events=0.02 malformed-json=0.01 schema-drift=2024-03-01*0.3 compression=zstd row-group-rows=4096';

test('every knob of the panel gets into the recipe, and what it puts into the data is told', async ({ app }) => {
  const { window } = app;
  const { label, recipe, unfold, start, panel } = await openPanel(app);
  await label('Rows').fill('6000');
  for (const [group, fields] of Object.entries(groups)) {
    await unfold(group);
    if (group === 'Planted facts') for (const fact of ['Launch', 'Outage', 'Churn']) await label(fact).check();
    if (group === 'Mess') await label('Schema drift').check();
    for (const [name, value] of Object.entries(fields)) await label(name).fill(value);
  }
  await label('Compression').selectOption('zstd');
  await expect(recipe).toHaveValue(line);
  await test.step('several machines get a command each, and what has arrived is told', () => severalMachines(app));
  await start();
  await expect(window.getByText(/^Generated 6,000 events/)).toBeVisible();
  await expect(panel).toBeHidden();
  const planted = window.getByRole('list', { name: 'Planted facts' });
  for (const fact of ['Launch: 1.7 times', 'Outage', 'Churn', '5% of rows have no user', '3% of rows are exact'])
    await expect(planted).toContainText(fact);
  const log = await readFile(path.join(app.workspace, 'data/runs.jsonl'), 'utf8');
  expect(JSON.parse(log)).toMatchObject({ request: { workers: 3, recipe: { rowGroupRows: 4096 } } });

  await test.step('the recipe puts every field back', async () => {
    const again = await openPanel(app);
    await again.recipe.fill(line);
    for (const [group, fields] of Object.entries(groups)) {
      await again.unfold(group);
      for (const [name, value] of Object.entries(fields)) {
        const shown = name === 'Workers' ? /^\d+$/ : new RegExp(`^${value.replace(/(?<=\d)(?=\d{3}$)/, ',?')}$`);
        await expect(again.label(name), name).toHaveValue(shown);
      }
    }
    await expect(again.label('Compression')).toHaveValue('zstd');
  });
});

/** One of three shards has arrived, as its machine would publish it. */
async function publishShard(folder: string, part: number, runId: string): Promise<void> {
  const request = { recipe: parseRecipe(line), mode: 'append', workers: 1, shard: { part, of: 3 } };
  const times = { startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:01.000Z' };
  const run = { runId, ...times, status: 'succeeded', request, rows: 2_000, files: 40, bytes: 10 };
  await mkdir(path.join(folder, 'data/runs'), { recursive: true });
  await writeFile(path.join(folder, `data/runs/${runId}.json`), JSON.stringify(run));
}

async function severalMachines(app: App): Promise<void> {
  const shared = path.join(app.workspace, '..', 'shared events');
  await publishShard(shared, 2, '20260101T000000000-aaaaaa');
  await app.button('On several machines').click();
  const dialog = app.window.getByRole('dialog', { name: 'Generate on several machines' });
  await dialog.getByLabel('Machines').fill('3');
  await dialog.getByLabel('Location').fill(shared);
  const commands = dialog.getByRole('listitem');
  await expect(commands).toHaveCount(3);
  const command = `micro-warehouse generate --recipe "${line}" --shard 2/3 --publish "${shared}"`;
  await expect(commands.nth(1)).toContainText(command);
  await expect(commands.nth(1)).toContainText('Arrived');
  await expect(commands.nth(2)).toContainText('Missing');
  await expect(dialog.getByRole('status')).toHaveText('1 of 3 shards have arrived. Shards 1 and 3 are missing.');
  await dialog.getByRole('button', { name: 'Copy all commands' }).click();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n').map((text) => /--shard \S+/.exec(text)?.[0])).toEqual(['--shard 1/3', '--shard 2/3', '--shard 3/3', undefined]); // prettier-ignore
  // It looks again by itself.
  await publishShard(shared, 2, '20260101T000000001-aaaaaa');
  await expect(commands.nth(1)).toContainText('Twice', { timeout: 15_000 });
  await app.window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}
