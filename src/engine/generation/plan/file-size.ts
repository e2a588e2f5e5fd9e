import type { Chunk, DayPlan } from '../../../contract/rpc/generator-messages';
import { eventNames, type Compression, type EventName, type Profile, type Recipe } from '../../../contract/recipe';
import { sum } from '../../../contract/sum';

/** Rows per file at which {@link bytesPerRow} was measured. */
const measuredRows = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];

/**
 * Measured bytes per row for files with that many rows: small files are mostly footer, large ones share dictionaries.
 */
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

/** Measured change of a file's bytes if all of its rows had this kind of mess. */
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

/**
 * The share of a row's bytes that ids of users and teams take, in proportion to their bits; the default numbers
 * (100,000 users, 1,000 teams) count as one. Measured with 1 to 50,000,000 users.
 */
const idEffects: Readonly<Record<Profile, Readonly<Record<Compression, number>>>> = {
  uniform: { snappy: 0.17, zstd: 0.16, none: 0.13 },
  realistic: { snappy: 0.09, zstd: 0.11, none: 0.02 },
};

/**
 * An event of the realistic profile, measured: its share of the rows, and its uncompressed size relative to the mean.
 */
interface EventEffect {
  readonly share: number;
  readonly size: number;
  /** Whether it has the same properties each time in a session: it has none, or one that is fixed. */
  readonly repeats?: true;
}

const realisticEvents: Readonly<Record<EventName, EventEffect>> = {
  page_view: { share: 0.319, size: 0.98 },
  button_click: { share: 0.094, size: 1.07 },
  form_submit: { share: 0.022, size: 1.05 },
  video_play: { share: 0.031, size: 1.03, repeats: true },
  video_pause: { share: 0.02, size: 1.03, repeats: true },
  add_to_cart: { share: 0.051, size: 1.21, repeats: true },
  remove_from_cart: { share: 0.006, size: 1.05, repeats: true },
  checkout: { share: 0.023, size: 0.88, repeats: true },
  purchase: { share: 0.016, size: 1.15, repeats: true },
  sign_up: { share: 0.005, size: 1.11, repeats: true },
  sign_in: { share: 0.122, size: 1.11, repeats: true },
  sign_out: { share: 0.045, size: 1.11, repeats: true },
  search: { share: 0.17, size: 1.06 },
  filter_apply: { share: 0.061, size: 1.03 },
  share: { share: 0.014, size: 1.08 },
};

/**
 * The effect of event weights on the size of a row: how strongly the size of its events counts once compressed, how
 * strongly longer sessions with similar rows shrink it (both exponents), and the saving for a row that repeats another
 * one of its session. Fitted to files of single events and of 130 random mixes, none of which was off by more than 15%.
 * With a single event of high weight, files repeat themselves in other ways and are up to six times smaller.
 */
interface WeightEffect {
  readonly size: number;
  readonly session: number;
  readonly repeated: number;
}

const weightEffects: Readonly<Record<Compression, WeightEffect>> = {
  snappy: { size: 0.5, session: 0.15, repeated: 0.45 },
  zstd: { size: 0.5, session: 0.155, repeated: 0.5 },
  none: { size: 1, session: 0.025, repeated: 0 },
};

/** Fitted with {@link weightEffects}: rows per session if all weights are 1. */
const usualSessionRows = 14;

/** The expected size of the files of chunks, from measured files. */
export function expectedBytes(recipe: Recipe, chunks: readonly Chunk[]): number {
  const measured = bytesPerRow[recipe.profile][recipe.compression];
  const bytesOf = ({ date, rows }: DayPlan) =>
    rows * interpolate(measured, Math.min(rows, recipe.rowGroupRows)) * messFactor(recipe, date);
  const bytes = sum(chunks.flatMap(({ days }) => days.map(bytesOf)));
  return bytes * idFactor(recipe) * weightFactor(recipe);
}

/** Fewer ids need fewer bits. */
function idFactor({ profile, compression, users, teams }: Recipe): number {
  const usualBits = Math.log2(100_000) + Math.log2(1_000);
  return 1 + idEffects[profile][compression] * ((Math.log2(users) + Math.log2(teams)) / usualBits - 1);
}

/** Events of the uniform profile are all alike; those of the realistic one compress better in longer sessions. */
function weightFactor({ profile, compression, weights }: Recipe): number {
  if (profile === 'uniform') return 1;
  const { size, session, repeated } = weightEffects[compression];
  const [usual, weighted] = [sessionsWith({}), sessionsWith(weights)];
  const shrunk = (weighted.size / usual.size) ** size * (weighted.rows / usual.rows) ** -session;
  return shrunk * (1 - repeated * weighted.repeated);
}

/** Mean size of a row, rows per session with any rows, and the share of rows that repeat another one. */
function sessionsWith(weights: Recipe['weights']): { size: number; rows: number; repeated: number } {
  let [total, sizes, repeated] = [0, 0, 0];
  for (const name of eventNames) {
    const { share, size, repeats } = realisticEvents[name];
    const weight = weights[name] ?? 1;
    total += share * weight;
    sizes += share * weight * size;
    if (repeats) repeated += share * Math.max(0, weight - 1);
  }
  const rows = usualSessionRows * total;
  return { size: sizes / total, rows: rows / (1 - Math.exp(-rows)), repeated: repeated / total };
}

/** No row is both empty and cut off; all other kinds combine. */
function messFactor({ profile, compression, mess }: Recipe, date: string): number {
  const { empty, malformed, duplicate, drifted } = messEffects[profile][compression];
  const drift = mess.schemaDrift && date >= mess.schemaDrift.date ? mess.schemaDrift.rate : 0;
  const texts = 1 + empty * mess.emptyProperties + malformed * mess.malformedJson;
  return texts * (1 + duplicate * mess.duplicates) * (1 + drifted * drift);
}

/** Interpolates linearly, in logarithms, between the two nearest measurements; constant beyond the last one. */
function interpolate(measured: readonly number[], rows: number): number {
  const next = measuredRows.findIndex((known) => known >= rows);
  const upper = measured.at(next) ?? 0;
  if (next <= 0) return upper;
  const [before = 1, after = 1] = measuredRows.slice(next - 1, next + 1);
  const lower = measured[next - 1] ?? upper;
  return lower * (upper / lower) ** (Math.log(rows / before) / Math.log(after / before));
}
