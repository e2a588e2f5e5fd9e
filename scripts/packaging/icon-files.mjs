/*
 * The two icon containers, both of which contain unchanged PNGs: Windows' .ico and Apple's .icns.
 */

/**
 * @param {(readonly [size: number, png: Buffer])[]} images
 * @returns {Buffer}
 */
export function ico(images) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // icons, not cursors
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + 16 * images.length;
  const entries = images.map(([size, png]) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0); // 0 stands for 256
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // colour planes
    entry.writeUInt16LE(32, 6); // bits a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...images.map(([, png]) => png)]);
}

/** Apple's names for the sizes in pixels; some occur twice, once for high-density screens. */
const appleSizes = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

/**
 * @param {(size: number) => Buffer} pngOf
 * @returns {Buffer}
 */
export function icns(pngOf) {
  const blocks = appleSizes.map(([name, size]) => block(name, pngOf(size)));
  return block('icns', Buffer.concat(blocks));
}

/**
 * @param {string} name four characters
 * @param {Buffer} content
 */
function block(name, content) {
  const header = Buffer.alloc(8, name, 'latin1');
  header.writeUInt32BE(header.length + content.length, 4);
  return Buffer.concat([header, content]);
}
