import { hasCode } from '../fs/errno';
import { readBounded } from '../fs/bounded-read';

/** The kind of a file by its last bytes: Parquet, encrypted Parquet or neither; *locked* without read permission. */
export type ParquetMagic = 'plain' | 'encrypted' | 'none' | 'locked';

/** Size of the smallest Parquet file: four magic bytes at each end, and the length of the footer. */
export const leastParquetBytes = 12;
const magics: ReadonlyMap<string, ParquetMagic> = new Map([
  ['PAR1', 'plain'],
  ['PARE', 'encrypted'],
]);

/** Reads the end of a regular file; *none* also for one that can't be read for a reason other than permission. */
export async function parquetMagicOf(file: string): Promise<ParquetMagic> {
  const read = await readBounded(file, leastParquetBytes, { follow: true, part: 'end' }).catch((error: unknown) =>
    hasCode(error, 'EACCES', 'EPERM') ? ('locked' as const) : null,
  );
  if (read === 'locked') return read;
  if (read?.status !== 'read' || read.bytes.length < leastParquetBytes) return 'none';
  return magics.get(read.bytes.toString('latin1', leastParquetBytes - 4)) ?? 'none';
}
