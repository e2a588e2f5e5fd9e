import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Breakage } from '../../contract/partitions';
import { readBreaks } from '../commit/break-log';
import { readRunLog } from '../commit/run-log';
import { checksums, filesBelow, generate } from '../testing/generation';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

const day = '2024-01-10';

async function openTwoWeeks() {
  const workspace = await temporaryWorkspace();
  await generate(workspace, { rows: 1_400, start: '2024-01-01', end: '2024-01-14' });
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const breakDay = (breakage: Breakage, ...days: string[]) =>
    warehouse.days.change((changes) => changes.break(days.length > 0 ? days : [day], breakage));
  const failing = async () => {
    await warehouse.refresh();
    const failed = (await warehouse.checks()).filter(({ result }) => result?.passed === false);
    return failed.map(({ name, result }) => `${name} ${result?.failedDays.map(({ date }) => date).join()}`);
  };
  return { workspace, warehouse, breakDay, failing };
}

const noticed: [string, Breakage, string[]][] = [
  ['rows twice', { kind: 'duplicate' }, [`no_duplicates ${day}`]],
  ['a missing day', { kind: 'drop' }, [`no_missing_day ${day}`]],
  ['shifted times', { kind: 'shift', hours: 13 }, [`event_time_in_day ${day}`]],
  ['missing users', { kind: 'null-users' }, [`user_is_known ${day}`]],
  ['an unknown key', { kind: 'add-key', key: 'debug' }, [`properties_valid ${day}`]],
];

test.each(noticed)(
  '%s: a check notices it, and Undo brings the very files back, after a refresh too',
  async (_, breakage, checks) => {
    const { workspace, warehouse, breakDay, failing } = await openTwoWeeks();
    const [before, passing] = [await checksums(workspace), await failing()];
    expect(passing).toEqual([]);
    const { id, breakage: kept } = await breakDay(breakage);
    expect(kept).toEqual(breakage);
    expect(await checksums(workspace)).not.toEqual(before);
    expect(await failing()).toEqual(checks);
    expect(await warehouse.days.deletions()).toMatchObject([{ id, days: [day], breakage }]);
    await warehouse.days.change((days) => days.restore(id));
    expect(await checksums(workspace)).toEqual(before);
    expect(await failing()).toEqual([]);
    expect(await warehouse.days.deletions()).toEqual([]);
  },
);

test('the run log has a line of it, which readers of runs skip', async () => {
  const { workspace, breakDay } = await openTwoWeeks();
  const runs = await readRunLog(workspace);
  await breakDay({ kind: 'shift', hours: -2 }, day, '2024-01-11');
  expect(await readRunLog(workspace)).toEqual(runs);
  expect(await readBreaks(workspace)).toMatchObject([
    { days: [day, '2024-01-11'], breakage: { kind: 'shift', hours: -2 } },
  ]);
  await generate(workspace, { rows: 100, seed: 9, start: '2024-02-01', end: '2024-02-02' });
  expect(await readRunLog(workspace)).toHaveLength(runs.length + 1);
  expect((await readFile(workspace.runLog, 'utf8')).trim().split('\n')).toHaveLength(3);
});

test('a break that was killed half-way is undone', async () => {
  const { workspace, warehouse, breakDay } = await openTwoWeeks();
  const before = await checksums(workspace);
  const { id } = await breakDay({ kind: 'duplicate' });
  // As if it had been killed right before its end.
  await writeFile(path.join(workspace.trashFolder, id, 'moving'), '');
  await warehouse.days.change(async (days) => {
    await days.break(['2024-01-11'], { kind: 'drop' }).catch(() => undefined);
  });
  const [left] = await warehouse.days.deletions();
  if (left) await warehouse.days.change((days) => days.restore(left.id));
  expect(await checksums(workspace)).toEqual(before);
  expect(await filesBelow(workspace.trashFolder)).toEqual([]);
});

test('values that break nothing are refused, and change nothing', async () => {
  const { workspace, breakDay } = await openTwoWeeks();
  const before = await checksums(workspace);
  for (const wrong of [{ kind: 'shift' }, { kind: 'shift', hours: 0 }, { kind: 'add-key', key: "a' OR" }] as const) {
    await expect(breakDay(wrong)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  }
  await expect(breakDay({ kind: 'drop' }, '2030-01-01')).rejects.toMatchObject({ code: 'NO_EVENTS' });
  expect(await checksums(workspace)).toEqual(before);
});

test('a day that was broken and then deleted comes back whole', async () => {
  const { workspace, warehouse, breakDay } = await openTwoWeeks();
  const before = await checksums(workspace);
  const { id } = await breakDay({ kind: 'duplicate' });
  await rm(path.join(workspace.eventsFolder, `date=${day}`), { recursive: true });
  await warehouse.days.change((days) => days.restore(id));
  expect(await checksums(workspace)).toEqual(before);
});
