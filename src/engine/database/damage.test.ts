import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../contract/app-error';
import { seededRandom, type SeededRandom } from '../testing/seeded-random';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { isDamage, setDatabaseAside } from './database-file';
import { listEvents } from '../events/event-files';
import { Warehouse } from '../warehouse/warehouse';

const cases = Number(process.env['DAMAGE_CASES'] ?? 25);

async function openWarehouse() {
  const workspace = await temporaryWorkspace();
  const days = Array.from({ length: 6 }, (_, index) => ({ at: `2025-01-0${index + 1} 10:00:00`, user: index }));
  await writeEvents(workspace, days);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return { workspace, warehouse };
}

/** Damages a Parquet file: in its footer, or by cutting it off. */
function damage(original: Buffer, random: SeededRandom): Buffer {
  const footerBytes = original.readUInt32LE(original.length - 8);
  const bytes = Buffer.from(original);
  const kind = random.below(4);
  if (kind === 0) return bytes.subarray(0, random.below(bytes.length));
  if (kind === 1) bytes.writeUInt32LE(footerBytes + 1 + random.below(2 ** 30), bytes.length - 8);
  // The footer starts with names and types of columns; the part after them locates the data.
  const from = kind === 2 ? bytes.length - 8 - footerBytes : bytes.length - 8 - Math.ceil(footerBytes / 2);
  if (kind > 1)
    for (let count = 0; count < 12; count += 1) bytes[from + random.below(bytes.length - 8 - from)] = random.below(256);
  return bytes;
}

/** Whether a reader could take the file for intact; then no refresh can detect the damage. */
async function readsOn(warehouse: Warehouse, file: string): Promise<boolean> {
  return warehouse.console.run('reader', `SELECT max(hash(COLUMNS(*))) FROM '${file}'`).then(
    () => true,
    () => false,
  );
}

test('a damaged Parquet file is named, can be left out, and the database is not blamed', { timeout: 400_000 }, async () => {
  const random = seededRandom('damaged Parquet files');
  const { workspace, warehouse } = await openWarehouse();
  const files = (await listEvents(workspace)).files;
  let told = 0;
  for (let number = 0; number < cases; number += 1) {
    const chosen = files[random.below(files.length)]?.path ?? '';
    const file = path.join(workspace.folder, chosen);
    const original = readFileSync(file);
    writeFileSync(file, damage(original, random));
    const readable = await readsOn(warehouse, file);
    const where = `case ${number} of TEST_SEED=${random.seed}`;
    const outcome = await warehouse.refresh({ mode: 'full' }).then(
      () => 'succeeded',
      (error: unknown) => (error instanceof AppError ? `${error.code} ${error.message}` : String(error)),
    );
    if (!readable) {
      told += 1;
      expect(outcome, where).toContain(`PARQUET_DAMAGED ${chosen}`);
    }
    const entry = await warehouse.refresh({ mode: 'full', skipDamaged: true });
    expect(entry.leftOutFiles, where).toEqual(outcome === 'succeeded' ? [] : [chosen]);
    expect(readdirSync(workspace.folder).filter((name) => name.includes('damaged')), where).toEqual([]);
    writeFileSync(file, original);
  }
  expect(told).toBeGreaterThan(cases / 2);
}); // prettier-ignore

describe('a database file', () => {
  test('is suspected only where DuckDB names no other file', async () => {
    const workspace = await temporaryWorkspace();
    const says = (message: string) => isDamage(new Error(message), workspace);
    expect(says(`IO Error: Could not read enough bytes from file "${workspace.folder}/data/events/x.parquet"`)).toBe(false);
    expect(says('IO Error: Could not read enough bytes')).toBe(false);
    expect(says(`IO Error: Could not read enough bytes from file "${workspace.database}"`)).toBe(true);
    expect(says(`Error: Corrupt Parquet file '${workspace.folder}/a.parquet'`)).toBe(false);
    expect(says('IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2')).toBe(true);
    expect(says(`IO Error: The file "${workspace.database}" exists, but it is not a valid DuckDB database file!`)).toBe(true);
  }); // prettier-ignore

  test('that is damaged inside is found, set aside and rebuilt', async () => {
    const { workspace, warehouse } = await openWarehouse();
    await warehouse.releaseFile();
    const bytes = readFileSync(workspace.database);
    // After the headers, which have their own checksums.
    bytes.fill(0xab, 3 * 4096);
    writeFileSync(workspace.database, bytes);
    const entry = await warehouse.refresh({ mode: 'full' });
    expect(entry.notices?.join()).toContain('was renamed to micro_warehouse.damaged-');
    expect(readdirSync(workspace.folder).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  test('set aside in the same second as another one does not replace it', async () => {
    const workspace = await temporaryWorkspace();
    const reason = new AppError('DATABASE_DAMAGED', 'It is damaged.', { action: 'Refresh.' });
    for (const content of ['first', 'second', 'third']) {
      writeFileSync(workspace.database, content);
      writeFileSync(`${workspace.database}.wal`, `${content} log`);
      await setDatabaseAside(workspace, reason);
      expect(existsSync(workspace.database)).toBe(false);
    }
    const kept = readdirSync(workspace.folder).filter((name) => name.endsWith('.duckdb'));
    expect(kept.map((name) => readFileSync(path.join(workspace.folder, name), 'utf8')).toSorted()).toEqual(['first', 'second', 'third']);
    for (const name of kept) {
      const content = readFileSync(path.join(workspace.folder, name), 'utf8');
      expect(readFileSync(path.join(workspace.folder, `${name}.wal`), 'utf8')).toBe(`${content} log`);
    }
  }); // prettier-ignore
});

test('data/events as a file fails every refresh in the same words, without a crash', { timeout: 60_000 }, async () => {
  const { workspace, warehouse } = await openWarehouse();
  await rm(workspace.eventsFolder, { recursive: true });
  writeFileSync(workspace.eventsFolder, 'no folder');
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await expect(warehouse.refresh()).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
  }
});
