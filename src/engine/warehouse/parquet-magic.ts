import { readBounded } from '../fs/bounded-read';

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
  const read = await readBounded(file, leastParquetBytes, { follow: true, part: 'end' }).catch(() => null);
  if (read?.status !== 'read' || read.bytes.length < leastParquetBytes) return 'none';
  return magics.get(read.bytes.toString('latin1', leastParquetBytes - 4)) ?? 'none';
}
