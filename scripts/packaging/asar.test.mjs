import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { packAsar } from './asar.mjs';

test('files can be found through the index, whatever its length', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'asar-'));
  for (const name of ['a', 'ab', 'abc', 'abcd']) {
    writeFileSync(path.join(folder, name), `content of ${name}`);
    const archive = await packAsar(folder);
    // The layout that Electron reads: 4, size of the index pickle, its payload, length of the JSON, the JSON.
    expect(archive.readUInt32LE(0)).toBe(4);
    const pickle = archive.readUInt32LE(4);
    expect(archive.readUInt32LE(8)).toBe(pickle - 4);
    expect(pickle % 4).toBe(0);
    const { files } = JSON.parse(archive.subarray(16, 16 + archive.readUInt32LE(12)).toString());
    const { size, offset } = files[name];
    const start = 8 + pickle + Number(offset);
    expect(archive.subarray(start, start + size).toString()).toBe(`content of ${name}`);
  }
  rmSync(folder, { recursive: true });
});
