import { hasCode } from '../fs/errno';
import { readBounded } from '../fs/bounded-read';

/** What the last bytes of a file say: that it is Parquet, encrypted Parquet, or neither; *locked* where we may not look. */
export type ParquetMagic = 'plain' | 'encrypted' | 'none' | 'locked';

/** A Parquet file begins and ends with four letters, and has the length of its footer before the last ones. */
export const leastParquetBytes = 12;
const magics: ReadonlyMap<string, ParquetMagic> = new Map([
  ['PAR1', 'plain'],
  ['PARE', 'encrypted'],
]);

/** Looks at the end of a regular file; *none* also for one that can't be read for another reason than permission. */
export async function parquetMagicOf(file: string): Promise<ParquetMagic> {
  const read = await readBounded(file, leastParquetBytes, { follow: true, part: 'end' }).catch((error: unknown) =>
    hasCode(error, 'EACCES', 'EPERM') ? ('locked' as const) : null,
  );
  if (read === 'locked') return read;
  if (read?.status !== 'read' || read.bytes.length < leastParquetBytes) return 'none';
  return magics.get(read.bytes.toString('latin1', leastParquetBytes - 4)) ?? 'none';
}
