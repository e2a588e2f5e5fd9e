import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from '../e2e/support/app';
import { makeWarehouse } from '../e2e/support/console';
import { Deck } from './actions';
import { judge, leastSamples, type Sample } from './judge';
import { measure } from './measure';
import { Random } from './random';

const minutes = Number(process.env.SOAK_MINUTES ?? 10);
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Actions between two measurements. */
const actionsALook = 4;

test('nothing grows', async ({ folder }) => {
  say(`Soak of ${minutes} minutes with seed ${seed} (again: npm run soak -- --minutes ${minutes} --seed ${seed})`);
  const random = new Random(seed);
  const workspace = path.join(folder, 'workspace');
  const userData = path.join(folder, 'user-data');
  await mkdir(workspace);
  const app = await App.launch(userData, workspace, {}, ['--js-flags=--expose-gc']);
  const series = new Map<string, { tolerance: number; samples: Sample[] }>();
  let looks = 0;
  const started = Date.now();
  const elapsed = () => (Date.now() - started) / 60_000;
  try {
    const deck = new Deck(random);
    const play = async () => {
      const [name, act] = deck.draw();
      await test.step(name, () => act(app, random));
    };
    await makeWarehouse(app);
    // Loads every page first, which isn't growth.
    do await play();
    while (!deck.isEmpty);
    while (elapsed() < minutes || looks < leastSamples * 2) {
      for (let action = 0; action < actionsALook; action += 1) await play();
      const at = elapsed();
      looks += 1;
      for (const { name, value, tolerance } of await measure(app, userData)) {
        const known = series.get(name) ?? { tolerance, samples: [] };
        known.samples.push({ at, value });
        series.set(name, known);
      }
      say(`${at.toFixed(1)} min: look ${looks}`);
    }
    expect(app.complaints, 'nothing was reported on the console of the page').toEqual([]);
  } finally {
    await keep(series);
    await app.close();
  }
  expect(report(series, looks), 'every series is flat after its first tenth').toEqual([]);
});

/** Writes all samples, for a closer look. */
async function keep(series: ReadonlyMap<string, { samples: readonly Sample[] }>): Promise<void> {
  const file = path.join(process.cwd(), 'test-results', 'soak.json');
  await mkdir(path.dirname(file), { recursive: true });
  const values = Object.fromEntries([...series].map(([name, { samples }]) => [name, samples]));
  await writeFile(file, JSON.stringify({ seed, minutes, series: values }, null, 1));
  say(`Samples: ${file}`);
}

/** Prints the verdict on each series; returns the messages about those that grew. */
function report(
  series: ReadonlyMap<string, { tolerance: number; samples: readonly Sample[] }>,
  looks: number,
): string[] {
  const grown: string[] = [];
  for (const [name, { tolerance, samples }] of series) {
    if (samples.length < looks) {
      say(`SKIP  ${name}: it was there at ${samples.length} of ${looks} looks`);
      continue;
    }
    const { growth, most, flat, first, last } = judge({ name, samples, tolerance });
    const line = `${name}: ${first.toFixed(1)} to ${last.toFixed(1)}, trend ${growth.toFixed(2)} of at most ${most.toFixed(2)}`;
    say(`${flat ? 'flat ' : 'GROWS'} ${line}`);
    if (!flat) grown.push(line);
  }
  return grown;
}
