import type { Chunk, DayPlan } from '../../contract/generator-messages';
import { eventNames, type Compression, type EventName, type Profile, type Recipe } from '../../contract/recipe';

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

/** What each kind of mess takes away from the bytes of a file or adds to them, if all of its rows had it; measured. */
interface MessEffect {
  readonly empty: number;
  readonly malformed: number;
  readonly duplicate: number;
  readonly drifted: number;
}

const messEffects: Readonly<Record<Profile, Readonly<Record<Compression, MessEffect>>>> = {
  uniform: {
    snappy: { empty: -0.6, malformed: -0.28, duplicate: -0.64, drifted: 0.08 },
    zstd: { empty: -0.56, malformed: -0.25, duplicate: -0.74, drifted: 0.06 },
    none: { empty: -0.73, malformed: -0.37, duplicate: 0, drifted: 0.18 },
  },
  realistic: {
    snappy: { empty: -0.5, malformed: -0.2, duplicate: -0.66, drifted: 0.13 },
    zstd: { empty: -0.48, malformed: -0.17, duplicate: -0.72, drifted: 0.12 },
    none: { empty: -0.83, malformed: -0.43, duplicate: -0.04, drifted: 0.19 },
  },
};

/** Of each event of the realistic profile: its share of the rows, and its size to that of all (uncompressed); measured. */
const realisticEvents: Readonly<Record<EventName, { readonly share: number; readonly size: number }>> = {
  page_view: { share: 0.319, size: 0.98 },
  button_click: { share: 0.094, size: 1.07 },
  form_submit: { share: 0.022, size: 1.05 },
  video_play: { share: 0.031, size: 1.03 },
  video_pause: { share: 0.02, size: 1.03 },
  add_to_cart: { share: 0.051, size: 1.21 },
  remove_from_cart: { share: 0.006, size: 1.05 },
  checkout: { share: 0.023, size: 0.88 },
  purchase: { share: 0.016, size: 1.15 },
  sign_up: { share: 0.005, size: 1.11 },
  sign_in: { share: 0.122, size: 1.11 },
  sign_out: { share: 0.045, size: 1.11 },
  search: { share: 0.17, size: 1.06 },
  filter_apply: { share: 0.061, size: 1.03 },
  share: { share: 0.014, size: 1.08 },
};

/**
 * How much of the size of its events is left of a row once compressed, and how much longer sessions, whose rows have much
 * in common, shrink it: exponents, fitted to files of single events and of random weights. Over 149 mixes the estimate was
 * off by 3 % in the middle and by 15 % at the ninetieth; where hardly more than one event is left and its weight is high,
 * files repeat themselves and turn out up to four times smaller than expected.
 */
const weightEffects: Readonly<Record<Compression, { readonly size: number; readonly session: number }>> = {
  snappy: { size: 0.5, session: 0.125 },
  zstd: { size: 0.5, session: 0.18 },
  none: { size: 1, session: 0.025 },
};

/** Fitted with {@link weightEffects}: rows of a session where all weights are 1. */
const usualSessionRows = 14;

/** What the files of chunks will take on disk, by what such files have taken. */
export function expectedBytes(recipe: Recipe, chunks: readonly Chunk[]): number {
  const measured = bytesPerRow[recipe.profile][recipe.compression];
  const bytesOf = ({ date, rows }: DayPlan) =>
    rows * interpolate(measured, Math.min(rows, recipe.rowGroupRows)) * messFactor(recipe, date);
  return (
    weightFactor(recipe) * chunks.reduce((total, { days }) => days.reduce((sum, day) => sum + bytesOf(day), total), 0)
  );
}

/** Events of the uniform profile are all alike; those of the realistic one lose what their session has in common. */
function weightFactor({ profile, compression, weights }: Recipe): number {
  if (profile === 'uniform') return 1;
  const { size, session } = weightEffects[compression];
  const [usual, weighted] = [sessionsWith({}), sessionsWith(weights)];
  return (weighted.size / usual.size) ** size * (weighted.rows / usual.rows) ** -session;
}

/** Mean size of a row, and rows of a session, of those sessions that have any. */
function sessionsWith(weights: Recipe['weights']): { readonly size: number; readonly rows: number } {
  const shares = eventNames.map((name) => realisticEvents[name].share * (weights[name] ?? 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const sizes = eventNames.reduce((sum, name, index) => sum + (shares[index] ?? 0) * realisticEvents[name].size, 0);
  const rows = usualSessionRows * total;
  return { size: sizes / total, rows: rows / (1 - Math.exp(-rows)) };
}

/** No row is both empty and cut off; all else goes together. */
function messFactor({ profile, compression, mess }: Recipe, date: string): number {
  const { empty, malformed, duplicate, drifted } = messEffects[profile][compression];
  const drift = mess.schemaDrift && date >= mess.schemaDrift.date ? mess.schemaDrift.rate : 0;
  const texts = 1 + empty * mess.emptyProperties + malformed * mess.malformedJson;
  return texts * (1 + duplicate * mess.duplicates) * (1 + drifted * drift);
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
