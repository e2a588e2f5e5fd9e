import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Packs the plain files of a folder into one asar archive, the form in which Electron (and every tool that repackages
 * it) expects its default app. Only the parts that we need: no sub-folders, no links.
 *
 * @param {string} folder
 * @returns {Promise<Buffer>}
 */
export async function packAsar(folder) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  const contents = [];
  let offset = 0;
  for (const name of (await fs.readdir(folder)).toSorted()) {
    const content = await fs.readFile(path.join(folder, name));
    files[name] = { size: content.length, offset: String(offset) };
    contents.push(content);
    offset += content.length;
  }
  return Buffer.concat([header(JSON.stringify({ files })), ...contents]);
}

/**
 * Two Chromium "pickles": one holds the size of the other, which holds the length and the padded text of the index.
 *
 * @param {string} index
 */
function header(index) {
  const text = Buffer.from(index);
  const padded = Math.ceil(text.length / 4) * 4;
  const bytes = Buffer.alloc(16 + padded);
  bytes.writeUInt32LE(4, 0);
  bytes.writeUInt32LE(8 + padded, 4);
  bytes.writeUInt32LE(4 + padded, 8);
  bytes.writeUInt32LE(text.length, 12);
  text.copy(bytes, 16);
  return bytes;
}
