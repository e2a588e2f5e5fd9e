import { open } from 'node:fs/promises';

/** What the last bytes of a file say: that it is Parquet, encrypted Parquet, or neither. */
export type ParquetMagic = 'plain' | 'encrypted' | 'none';

/** A Parquet file begins and ends with four letters, and has the length of its footer before the last ones. */
export const leastParquetBytes = 12;
const magics: ReadonlyMap<string, ParquetMagic> = new Map([
  ['PAR1', 'plain'],
  ['PARE', 'encrypted'],
]);

/** Looks at the end of a regular file; *none* too for one that can't be read. */
export async function parquetMagicOf(file: string): Promise<ParquetMagic> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return 'none';
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
    return size < leastParquetBytes ? 'none' : (magics.get(buffer.toString('latin1')) ?? 'none');
  } catch {
    return 'none';
  } finally {
    await handle.close();
  }
}
