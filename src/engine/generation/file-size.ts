import type { Chunk } from '../../contract/generator-messages';
import type { Compression, Profile, Recipe } from '../../contract/recipe';

/** Rows of a file that {@link bytesPerRow} was measured at. */
const measuredRows = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];

/** Bytes a row of files with that many rows, measured: small files are mostly footer, large ones share dictionaries. */
const bytesPerRow: Readonly<Record<Profile, Readonly<Record<Compression, readonly number[]>>>> = {
  uniform: {
    snappy: [1174, 443.6, 186.8, 102.3, 63.8, 50.2, 45.3, 43.5, 41.9, 41.4, 41.2],
    zstd: [1204, 441.9, 173.8, 87.5, 48.5, 35.6, 30.4, 29, 26.7, 25.5, 25.1],
    none: [1168, 460.1, 224.2, 158.2, 123.7, 114.8, 111.5, 110.7, 104.8, 104.1, 103.8],
  },
  realistic: {
    snappy: [1203, 438.6, 163.6, 79, 44.7, 32.9, 28.6, 27.3, 26.9, 26.6, 26.6],
    zstd: [1228, 442, 159.7, 72.6, 36.8, 24.3, 19.3, 18, 17.4, 17, 16.8],
    none: [1192, 481.3, 226.6, 154.6, 119.2, 108, 104.9, 103.7, 103.2, 103.3, 103.2],
  },
};

/** What the files of chunks will take on disk, by what such files have taken. */
export function expectedBytes({ profile, compression, rowGroupRows }: Recipe, chunks: readonly Chunk[]): number {
  const measured = bytesPerRow[profile][compression];
  return chunks.reduce(
    (total, { days }) =>
      days.reduce((sum, { rows }) => sum + rows * interpolate(measured, Math.min(rows, rowGroupRows)), total),
    0,
  );
}

/** On a straight line between the two nearest measurements, in logarithms; beyond the last one nothing changes. */
function interpolate(measured: readonly number[], rows: number): number {
  const next = measuredRows.findIndex((known) => known >= rows);
  const upper = measured.at(next) ?? 0;
  if (next <= 0) return upper;
  const [before = 1, after = 1] = measuredRows.slice(next - 1, next + 1);
  const lower = measured[next - 1] ?? upper;
  return lower * (upper / lower) ** (Math.log(rows / before) / Math.log(after / before));
}
