import { beforeAll, describe, expect, it } from 'vitest';
import { runLogEntrySchema } from '../contract/generation';
import { formatRecipe } from '../contract/recipe-line';
import { checksums, filesBelow } from '../engine/testing/generation';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { buildCommandLine, run } from './testing/command-line';

beforeAll(buildCommandLine);

const days = ['--start', '2024-01-01', '--end', '2024-04-30'];

/** Each option with its value and the word that it becomes in the recipe. */
const knobs: readonly (readonly [option: string, value: string, word: string])[] = [
  ['--rows', '6000', 'rows=6000'],
  ['--users', '700', 'users=700'],
  ['--teams', '30', 'teams=30'],
  ['--seed', '9', 'seed=9'],
  ['--weights', 'purchase:2,search:0.5', 'weights=purchase:2,search:0.5'],
  ['--launch', '2024-02-01*1.5', 'launch=2024-02-01*1.5'],
  ['--outage', '2024-03-05', 'outage=2024-03-05'],
  ['--churn', '2024-02@2024-04-01', 'churn=2024-02@2024-04-01'],
  ['--null-users', '0.05', 'null-users=0.05'],
  ['--empty-properties', '0.04', 'empty-properties=0.04'],
  ['--duplicates', '0.03', 'duplicates=0.03'],
  ['--late-events', '0.02', 'late-events=0.02'],
  ['--malformed-json', '0.01', 'malformed-json=0.01'],
  ['--schema-drift', '2024-03-01*0.3', 'schema-drift=2024-03-01*0.3'],
  ['--compression', 'zstd', 'compression=zstd'],
  ['--row-group-rows', '4096', 'row-group-rows=4096'],
];

describe('the options of generate', () => {
  it('become the words of a recipe, each of them, and what they put into the data is told', async () => {
    const workspace = await temporaryWorkspace();
    const options = knobs.flatMap(([option, value]) => [option, value]);
    const { code, stdout } = await run(['generate', ...days, ...options], workspace.folder);
    expect(code).toBe(0);
    const [, line = ''] = /^Recipe: (.*)$/m.exec(stdout) ?? [];
    const words = ['mw1', 'realistic', 'days=2024-01-01..2024-04-30', ...knobs.map(([, , word]) => word)];
    expect(line.split(' ').toSorted()).toEqual(words.toSorted());
    for (const fact of [
      '2024-02-01: Launch',
      '2024-03-05: Outage',
      '2024-04-01: Churn',
      '5% of rows have no user',
      '4% of rows have empty properties',
      '3% of rows are exact duplicates',
      '2% of rows arrive late (in a later day’s file)',
      '1% of rows have invalid JSON in properties',
      '2024-03-01: 30% of rows have the unknown key app_version',
    ])
      expect(stdout).toContain(fact);

    const again = await temporaryWorkspace();
    expect(await run(['generate', '--recipe', line, '--workers', '3'], again.folder)).toMatchObject({ code: 0 });
    expect(await checksums(again)).toEqual(await checksums(workspace));
  });

  it('take the place of words of a recipe', async () => {
    const { folder } = await temporaryWorkspace();
    const line = 'mw1 realistic rows=500 days=2024-01-01..2024-01-31 seed=3 null-users=0.1 launch=2024-01-10*2';
    const changes = ['--rows', '400', '--end', '2024-01-20', '--duplicates', '0.2', '--outage', '2024-01-05'];
    const { stdout } = await run(['generate', '--recipe', line, ...changes, '--json'], folder);
    const { request } = runLogEntrySchema.parse(JSON.parse(stdout));
    expect(formatRecipe(request.recipe)).toBe(
      'mw1 realistic rows=400 days=2024-01-01..2024-01-20 users=100000 teams=1000 seed=3 ' +
        'launch=2024-01-10*2 outage=2024-01-05 null-users=0.1 duplicates=0.2',
    );
  });

  it('work at their bounds: one row, more workers than days, twenty years', async () => {
    for (const [args, files] of [
      [['--rows', '1'], 1],
      [['--rows', '50', '--start', '2024-02-29', '--end', '2024-02-29', '--workers', '64'], 1],
      [['--rows', '8000', '--start', '2005-01-01', '--end', '2024-12-31', '--profile', 'uniform'], 7_305],
    ] as const) {
      const { eventsFolder, folder } = await temporaryWorkspace();
      expect(await run(['generate', ...args], folder)).toMatchObject({ code: 0 });
      expect(await filesBelow(eventsFolder)).toHaveLength(files);
    }
  });
});

it('the shards of a recipe, made by themselves, are the whole', async () => {
  const [whole, parts] = [await temporaryWorkspace(), await temporaryWorkspace()];
  const recipe = ['generate', '--rows', '9000', '--start', '2024-01-01', '--end', '2024-12-31', '--seed', '5'];
  await run(recipe, whole.folder);
  for (const shard of ['2/3', '3/3', '1/3']) {
    expect(await run([...recipe, '--shard', shard], parts.folder)).toMatchObject({ code: 0 });
  }
  expect(await checksums(parts)).toEqual(await checksums(whole));
  for (const shard of ['0/3', '4/3', 'x', '1']) {
    const wrong = await run([...recipe, '--shard', shard], parts.folder);
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/shards? (number )?(must|can't)/i),
    });
  }
});

it('advance appends the next days, as many as are asked for', async () => {
  const { folder, eventsFolder } = await temporaryWorkspace();
  const early = await run(['advance'], folder);
  expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('No generated events') });
  await run(['generate', '--rows', '9000', ...days], folder);
  const [one, more] = [await run(['advance'], folder), await run(['advance', '--days', '3', '--json'], folder)];
  expect(one.stdout).toMatch(/^Generated \d+ rows in 1 file /);
  expect(runLogEntrySchema.parse(JSON.parse(more.stdout))).toMatchObject({
    files: 3,
    request: { recipe: { start: '2024-05-02', end: '2024-05-04', continues: { start: '2024-01-01' } } },
  });
  expect((await filesBelow(eventsFolder)).slice(-4).map((file) => file.slice(0, 15))).toEqual([
    'date=2024-05-01',
    'date=2024-05-02',
    'date=2024-05-03',
    'date=2024-05-04',
  ]);
  const wrong = await run(['advance', '--days', '0'], folder);
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Days must be a whole number') });
});
