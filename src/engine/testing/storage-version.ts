/** Size of the first header of a DuckDB file: a checksum of eight bytes, then the bytes that it covers. */
const headerBytes = 4_096;

/**
 * Changes the storage version in the bytes of a DuckDB file, checksum included, as a later DuckDB would have written
 * it. Format: DuckDB's `MainHeader` and `Checksum`.
 */
export function withStorageVersion(file: Buffer, version: bigint): Buffer {
  const changed = Buffer.from(file);
  // After the letters DUCK.
  changed.writeBigUInt64LE(version, 12);
  changed.writeBigUInt64LE(checksumOf(changed.subarray(8, headerBytes)), 0);
  return changed;
}

function checksumOf(bytes: Buffer): bigint {
  let sum = 5_381n;
  for (let at = 0; at < bytes.length; at += 8) {
    sum ^= BigInt.asUintN(64, bytes.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  }
  return sum;
}
