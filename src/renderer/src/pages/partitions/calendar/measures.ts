import type { Formats } from '../../../format/formats';
import type { Partition } from '../../../../../contract/partitions';
import { failuresPer100 } from '../../../calendar/check-filter';

export const measureIds = ['rows', 'bytes', 'files', 'perUser', 'bad'] as const;
export type MeasureId = (typeof measureIds)[number];

export interface Measure {
  readonly title: string;
  /** Null if unknown. */
  readonly of: (partition: Partition) => number | null;
  readonly text: (value: number, formats: Formats) => string;
  /** The way it counts, if the title doesn't say it. */
  readonly note?: string;
}

export const measures: Record<MeasureId, Measure> = {
  rows: { title: 'Rows', of: ({ rows }) => rows, text: (rows, formats) => formats.amount(rows, 'row') },
  bytes: { title: 'Bytes', of: ({ bytes }) => bytes, text: (bytes, formats) => formats.bytes(bytes) },
  files: { title: 'Files', of: ({ files }) => files, text: (files, formats) => formats.amount(files, 'file') },
  perUser: {
    title: 'Events per user',
    of: ({ rows, users }) => (users === null || users === 0 ? null : rows / users),
    text: (events, formats) => `${formats.separated(events.toFixed(2))} events per user`,
  },
  bad: {
    title: 'Failures per 100 rows',
    of: failuresPer100,
    text: (failures, formats) => `${formats.value(Math.round(failures * 10) / 10)} failures of checks per 100 rows`,
    note: 'A row counts once for each check it fails.',
  },
};

/** The shade of a day: 0 for unknown, 1 to 5. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * Shades by quintiles of the days, so that a few huge days don't make all others look alike; if most days are alike, by
 * distance from minimum to maximum.
 */
export function levelsFor(measure: Measure, partitions: readonly Partition[]): (partition: Partition) => Level {
  const values = partitions.flatMap((partition) => (partition.files > 0 ? (measure.of(partition) ?? []) : []));
  const sorted = values.toSorted((a, b) => a - b);
  const bounds = [1, 2, 3, 4].map((fifth) => sorted[Math.floor((sorted.length * fifth) / 5)] ?? 0);
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const skewed = new Set(bounds).size < 4;
  const steps = skewed ? [1, 2, 3, 4].map((fifth) => least + ((most - least) * fifth) / 5) : bounds;
  return (partition) => {
    const value = measure.of(partition);
    if (value === null || partition.files === 0) return 0;
    if (most === least) return 3;
    const passed = steps.filter((step) => value >= step).length;
    return passed === 0 ? 1 : passed === 1 ? 2 : passed === 2 ? 3 : passed === 3 ? 4 : 5;
  };
}
